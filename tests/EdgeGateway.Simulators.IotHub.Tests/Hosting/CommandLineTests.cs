using System.Net;
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

    [Theory]
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
