using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace EdgeGateway.Architecture.Tests;

/// <summary>What types may use; the project files alone (<see cref="ArrowsTests"/>) do not see the framework, nor a reference that comes by way of another.</summary>
public sealed class DependencyTests
{
    private static readonly ArchUnitNET.Domain.Architecture Product = new ArchLoader().LoadAssemblies(
        typeof(Core.Sha256Digest).Assembly,
        typeof(Serial.Protocol.ProtocolVersion).Assembly,
        typeof(Hub.Mqtt.MqttReader).Assembly,
        typeof(EdgeGateway.Content.ContentStore).Assembly,
        typeof(Firmware.DeviceUpdate.Manifests.ManifestReader).Assembly,
        System.Reflection.Assembly.Load("EdgeGateway.Module")).Build();

    [Theory]
    [InlineData("EdgeGateway.Core", "Serial|Hub|Content|Firmware|Module")]
    [InlineData("EdgeGateway.Serial", "Hub|Content|Firmware|Module")]
    [InlineData("EdgeGateway.Hub", "Serial|Content|Firmware|Module")]
    [InlineData("EdgeGateway.Content", "Serial|Hub|Firmware|Module")]
    [InlineData("EdgeGateway.Firmware", "Hub|Module")]
    [InlineData("EdgeGateway.Module", "Simulators|Benchmarks|Testing")]
    public void Project_Types_DoNotUse(string project, string others)
    {
        var own = Regex.Escape(project);

        Types().That().ResideInNamespaceMatching($@"^{own}(\.|$)")
            .Should().NotDependOnAny(Types(true).That().ResideInNamespaceMatching($@"^EdgeGateway\.({others})(\.|$)"))
            .Check(Product);
    }

    /// <summary>Bytes and timestamps in, bytes and events out: tests, fuzzers, simulators and benchmarks run the same code.</summary>
    [Theory]
    [InlineData("files and streams", @"^System\.IO\.")]
    [InlineData("sockets", @"^System\.Net\.")]
    [InlineData("threads and tasks", @"^System\.Threading\.")]
    [InlineData("a clock", @"^System\.(TimeProvider|DateTime|DateTimeOffset|Environment|Diagnostics\.Stopwatch)$")]
    [InlineData("processes and consoles", @"^System\.(Console|Diagnostics\.Process.*)$")]
    [InlineData("a logger", @"^Microsoft\.Extensions\.Logging\.")]
    [InlineData("links", @"^EdgeGateway\.Serial\.(Links|Drivers)\.")]
    public void ProtocolCore_Types_DoNotUse(string what, string names)
    {
        Types().That().ResideInNamespaceMatching(@"^EdgeGateway\.Serial\.Protocol(\.|$)")
            .Should().NotDependOnAny(Types(true).That().HaveFullNameMatching(names))
            .Because($"the protocol core does not use {what}")
            .WithoutRequiringPositiveResults()
            .Check(Product);
    }

    /// <summary>The rules above would pass if names of the framework were not seen at all.</summary>
    [Fact]
    public void Architecture_TypesOfTheFramework_AreSeen()
    {
        var rule = Types().That().ResideInNamespaceMatching(@"^EdgeGateway\.Serial\.Links(\.|$)")
            .Should().NotDependOnAny(Types(true).That().HaveFullNameMatching(@"^System\.Threading\."));

        rule.HasNoViolations(Product).Should().BeFalse();
    }
}
