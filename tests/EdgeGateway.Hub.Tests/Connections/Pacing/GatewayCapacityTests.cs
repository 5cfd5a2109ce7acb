using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Pacing;
using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Tests.Connections.Pacing;

public sealed class GatewayCapacityTests
{
    private static readonly HubException Closed = new(HubFailure.Unreachable, "Closed.", new ClosedByHubException());

    [Fact]
    public void Judge_ClosedAgainAndAgain_IsFull()
    {
        var doors = new GatewayCapacity(new HubEndpoint("hub", "edge", 1));

        var first = doors.Judge(Closed);
        var second = doors.Judge(new HubException(HubFailure.Unreachable, "No.", new ConnectRefusedException(ConnectReturnCode.ServerUnavailable)));

        first.Failure.Should().Be(HubFailure.Unreachable);
        first.Message.Should().Contain("MaxConnectedClients");
        second.Failure.Should().Be(HubFailure.GatewayFull);
        second.Message.Should().Contain("2 times in a row").And.Contain("MaxConnectedClients");
    }

    [Fact]
    public void Judge_SomethingElseInBetween_CountsAnew()
    {
        var doors = new GatewayCapacity(new HubEndpoint("hub", "edge", 1));
        doors.Judge(Closed);
        doors.Judge(new HubException(HubFailure.Unreachable, "gone")).Message.Should().Be("gone");
        doors.Judge(Closed).Failure.Should().Be(HubFailure.Unreachable);
        doors.OnAccepted();

        doors.Judge(Closed).Failure.Should().Be(HubFailure.Unreachable);
    }

    [Fact]
    public void Judge_NoGateway_ChangesNothing()
    {
        var doors = new GatewayCapacity(new HubEndpoint("hub", null, 1));
        doors.Judge(Closed);

        doors.Judge(Closed).Should().BeSameAs(Closed);
    }
}
