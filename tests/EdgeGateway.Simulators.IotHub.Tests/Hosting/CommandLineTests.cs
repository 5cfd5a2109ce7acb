using System.Net;
using EdgeGateway.Simulators.IotHub.Edge;
using EdgeGateway.Simulators.IotHub.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Simulators.IotHub.Tests.Hosting;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Parse_Nothing_GivesDefaults()
    {
        var (options, level) = await ParseAsync();

        options.Address.Should().Be(IPAddress.Loopback);
        options.MqttPort.Should().Be(8883);
        options.HttpsPort.Should().Be(8443);
        options.HostName.Should().Be("localhost");
        options.DataFolder.Should().EndWith(Path.Combine("EdgeGateway", "IotHubSimulator"));
        level.Should().Be(LogLevel.Warning);
    }

    [Fact]
    public async Task Parse_All_IsTaken()
    {
        var (options, level) = await ParseAsync(
            "--address", "127.0.0.3", "--mqtt-port", "0", "--https-port", "1", "--host-name", "hub", "--data", "/data/x", "--log", "debug");

        options.Address.Should().Be(IPAddress.Parse("127.0.0.3"));
        options.MqttPort.Should().Be(0);
        options.HttpsPort.Should().Be(1);
        options.HostName.Should().Be("hub");
        options.DataFolder.Should().Be("/data/x");
        level.Should().Be(LogLevel.Debug);
    }

    [Fact]
    public async Task Parse_Upstream_MakesItAnEdgeHub()
    {
        var (options, _) = await ParseAsync(
            "--upstream", "top.example:18883", "--upstream-https-port", "18443", "--upstream-ca", "/certs/ca.pem", "--edge-connection-string",
            "HostName=hub;DeviceId=edge;ModuleId=$edgeHub;SharedAccessKey=AAAA", "--max-clients", "7", "--cloud-timeout", "1.5",
            "--scope-refresh-delay", "0", "--quirk", "lost-connect", "--authority", "/certs/authority.pem");

        options.EdgeHub!.UpstreamHost.Should().Be("top.example");
        options.EdgeHub.UpstreamPort.Should().Be(18883);
        options.EdgeHub.UpstreamHttpsPort.Should().Be(18443);
        options.EdgeHub.UpstreamCaFile.Should().Be("/certs/ca.pem");
        options.EdgeHub.Credentials.EdgeId.Should().Be("edge");
        options.EdgeHub.MaxClients.Should().Be(7);
        options.EdgeHub.CloudTimeout.Should().Be(TimeSpan.FromSeconds(1.5));
        options.EdgeHub.ScopeRefreshDelay.Should().Be(TimeSpan.Zero);
        options.Quirk.Should().Be(Quirk.LostConnect);
        options.AuthorityFile.Should().Be("/certs/authority.pem");
    }

    [Fact]
    public async Task Parse_UpstreamOnly_HasEdgeHubsOwnDefaults()
    {
        var (options, _) = await ParseAsync("--upstream", "top", "--edge-connection-string", "HostName=hub;DeviceId=edge;SharedAccessKey=AAAA");

        options.EdgeHub.Should().BeEquivalentTo(
            new EdgeHubOptions { UpstreamHost = "top", Credentials = options.EdgeHub!.Credentials },
            same => same.Excluding(o => o.Credentials));
    }

    [Theory]
    [InlineData("--upstream top")]
    [InlineData("--upstream top:x --edge-connection-string HostName=hub;DeviceId=edge;SharedAccessKey=AAAA")]
    [InlineData("--upstream top --edge-connection-string HostName=hub")]
    [InlineData("--upstream top --edge-connection-string-file /no/such/file")]
    public async Task Parse_UpstreamIncomplete_DoesNotStart(string line)
    {
        var command = CommandLine.Create((_, _, _) => throw new InvalidOperationException("started"));

        (await command.Parse(line).InvokeAsync()).Should().Be(1);
    }

    [Theory]
    [InlineData("--cloud-timeout -1", "*--cloud-timeout is -1*")]
    [InlineData("--mqtt-port 65536", "*--mqtt-port is 65536*0 to 65535*")]
    [InlineData("--https-port -1", "*--https-port is -1*")]
    [InlineData("--address hub", "*--address is 'hub'*IP address*")]
    public void Parse_Wrong_SaysWhatIsExpected(string line, string message) =>
        CommandLine.Create((_, _, _) => Task.FromResult(0)).Parse(line).Errors.Select(e => e.Message).Should().ContainMatch(message);

    private static async Task<(IotHubSimulatorOptions Options, LogLevel Level)> ParseAsync(params string[] args)
    {
        (IotHubSimulatorOptions, LogLevel)? seen = null;
        var command = CommandLine.Create((options, level, _) =>
        {
            seen = (options, level);
            return Task.FromResult(0);
        });
        await command.Parse(args).InvokeAsync();
        return seen!.Value;
    }
}
