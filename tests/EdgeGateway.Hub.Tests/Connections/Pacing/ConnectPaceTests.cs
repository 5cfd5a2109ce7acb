using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Pacing;
using EdgeGateway.Hub.Connections.Transport;

namespace EdgeGateway.Hub.Tests.Connections.Pacing;

public sealed class ConnectPaceTests
{
    private static readonly HubOptions Options = new();

    [Theory]
    [InlineData(null, HubTransport.Mqtt)]
    [InlineData("HUB", HubTransport.Mqtt)]
    [InlineData(null, HubTransport.WebSockets)]
    public void Pace_TowardsTheHubItself_HasNoPauseAndFullPatience(string? gateway, HubTransport transport)
    {
        var pace = new ConnectPace(new HubEndpoint("hub", gateway, 1, transport), Options);
        pace.OnUnanswered();

        (pace.Pause, pace.Patience).Should().Be((TimeSpan.Zero, Options.OperationTimeout));
    }

    [Fact]
    public void OnUnanswered_BehindAGateway_WaitsLongerEachTimeUpToTheBounds()
    {
        var pace = new ConnectPace(new HubEndpoint("hub", "edge", 1), Options);
        var seen = new List<(double Pause, double Patience)>();
        for (var i = 0; i < 7; i++)
        {
            seen.Add((pace.Pause.TotalSeconds, pace.Patience.TotalSeconds));
            pace.OnUnanswered();
        }

        seen.Should().Equal((0.2, 5), (0.4, 10), (0.8, 20), (1.6, 30), (3.2, 30), (5, 30), (5, 30));
    }

    [Fact]
    public void OnAnswered_AfterUnanswered_KeepsThePauseThatWorked()
    {
        var pace = new ConnectPace(new HubEndpoint("hub", "edge", 1), Options);
        pace.OnUnanswered();

        pace.OnAnswered();

        (pace.Pause.TotalSeconds, pace.Patience.TotalSeconds).Should().Be((0.4, 5));
    }

    [Fact]
    public void Pause_WebSocketsBehindAGateway_IsNone() =>
        new ConnectPace(new HubEndpoint("hub", "edge", 1, HubTransport.WebSockets), Options).Pause.Should().Be(TimeSpan.Zero);
}
