using System.Xml.Linq;

namespace EdgeGateway.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md, section 1, are the references of the project files: no more, no less.</summary>
public sealed class ArrowsTests
{
    [Theory]
    [InlineData("modules/IdentityGateway/EdgeGateway.Core/EdgeGateway.Core.csproj")]
    [InlineData("modules/IdentityGateway/EdgeGateway.Serial/EdgeGateway.Serial.csproj", "EdgeGateway.Core")]
    [InlineData("modules/IdentityGateway/EdgeGateway.Hub/EdgeGateway.Hub.csproj", "EdgeGateway.Core")]
    [InlineData("modules/IdentityGateway/EdgeGateway.Content/EdgeGateway.Content.csproj", "EdgeGateway.Core")]
    [InlineData(
        "modules/IdentityGateway/EdgeGateway.Firmware/EdgeGateway.Firmware.csproj", "EdgeGateway.Content", "EdgeGateway.Core", "EdgeGateway.Serial")]
    [InlineData(
        "modules/IdentityGateway/EdgeGateway.Module/EdgeGateway.Module.csproj",
        "EdgeGateway.Content", "EdgeGateway.Core", "EdgeGateway.Firmware", "EdgeGateway.Hub", "EdgeGateway.Serial")]
    [InlineData("simulators/Mcu/EdgeGateway.Simulators.Mcu.csproj", "EdgeGateway.Serial")]
    [InlineData("simulators/IotHub/EdgeGateway.Simulators.IotHub.csproj", "EdgeGateway.Hub")]
    [InlineData("simulators/Origin/EdgeGateway.Simulators.Origin.csproj")]
    [InlineData("simulators/Demo/EdgeGateway.Simulators.Demo.csproj")]
    public void Project_References_AreItsArrows(string project, params string[] arrows)
    {
        // a reference without the assembly only orders the build
        var references = XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));

        references.Should().BeEquivalentTo(arrows);
    }
}
