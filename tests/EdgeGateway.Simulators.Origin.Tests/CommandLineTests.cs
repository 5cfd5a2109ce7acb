using System.Net;
using EdgeGateway.Simulators.Origin.Faults;

namespace EdgeGateway.Simulators.Origin.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Parse_AllOptions_ReachOrigin()
    {
        OriginOptions? seen = null;
        var command = CommandLine.Create((options, _) =>
        {
            seen = options;
            return Task.FromResult(7);
        });

        var exit = await command
            .Parse(["--address", "127.0.0.2", "--port", "81", "--root", ".", "--fault", "slow", "--rate", "9", "--after", "3"])
            .InvokeAsync();

        exit.Should().Be(7);
        seen!.Address.Should().Be(IPAddress.Parse("127.0.0.2"));
        seen.Port.Should().Be(81);
        seen.Fault.Should().Be(new Fault(FaultKind.Slow, 3, 9));
    }

    [Theory]
    [InlineData("--root . --port 70000", "*--port is 70000*")]
    [InlineData("--root . --address here", "*--address is 'here'*")]
    [InlineData("--root . --fault fire", "*fault is 'fire'*")]
    [InlineData("--port 1", "*--root*required*")]
    public void Parse_Wrong_SaysWhatIsExpected(string line, string message) =>
        CommandLine.Create((_, _) => Task.FromResult(0)).Parse(line).Errors.Select(e => e.Message)
            .Should().ContainMatch(message);
}
