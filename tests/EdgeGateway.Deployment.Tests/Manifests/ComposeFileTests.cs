using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeGateway.Deployment.Tests.Manifests;

/// <summary>docker-compose.yml builds the images that each <c>module.json</c> names, and asks the health of each as its image does.</summary>
public sealed partial class ComposeFileTests
{
    private static readonly string File = Checkout.Read("docker-compose.yml");

    [Fact]
    public void Images_AreThoseOfTheModules()
    {
        var services = Image().Matches(File);

        services.Select(service => service.Groups["folder"].Value).Should().BeEquivalentTo(
            "modules/IdentityGateway", "simulators/IotHub", "simulators/Origin", "simulators/Mcu", "simulators/Demo");
        foreach (Match service in services)
        {
            var image = JsonNode.Parse(Checkout.Read($"{service.Groups["folder"]}/module.json"))!["image"]!;
            image["repository"]!.GetValue<string>().Should().Be($"${{CONTAINER_REGISTRY_ADDRESS}}/{service.Groups["name"]}");
            image["tag"]!["version"]!.GetValue<string>().Should().Be(service.Groups["version"].Value);
        }
    }

    [Fact]
    public void Health_IsThatOfTheImages()
    {
        var asked = Health().Matches(File).Select(match => match.Groups["program"].Value);

        asked.Should().BeEquivalentTo(
            new[] { "modules/IdentityGateway", "simulators/IotHub", "simulators/Origin", "simulators/Mcu" }
                .Select(folder => new Dockerfile($"{folder}/Dockerfile.amd64").Health[1]));
    }

    [GeneratedRegex(@"image: \$\{CONTAINER_REGISTRY_ADDRESS:-edgegateway\}/(?<name>[a-z-]+):(?<version>[0-9.]+)-\$\{EDGEGATEWAY_PLATFORM:-amd64\}\s+build:\s+context: \.\s+dockerfile: (?<folder>\S+)/Dockerfile\.\$\{EDGEGATEWAY_PLATFORM:-amd64\}")]
    private static partial Regex Image();

    [GeneratedRegex(@"test: \[""CMD"", ""dotnet"", ""(?<program>[^""]+)"".*""--health""")]
    private static partial Regex Health();
}
