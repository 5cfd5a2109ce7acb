using System.Net.Sockets;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Pacing;
using EdgeGateway.Hub.Connections.Sessions;

namespace EdgeGateway.Hub.Tests.Connections.Pacing;

public sealed class SessionHistoryTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);
    private static readonly ClosedByHubException Closed = new();

    [Fact]
    public void Judge_ClosedSoonTwice_IsReplaced()
    {
        var history = new SessionHistory();

        history.Judge(Soon, Closed).Failure.Should().Be(HubFailure.Unreachable);
        history.Judge(Soon, Closed).Failure.Should().Be(HubFailure.Replaced);
        history.Judge(Soon, Closed).Failure.Should().Be(HubFailure.Replaced);
    }

    [Fact]
    public void Judge_StableInBetween_IsNotReplaced()
    {
        var history = new SessionHistory();
        history.Judge(Soon, Closed);
        history.Judge(SessionHistory.StableAfter, Closed);

        history.Judge(Soon, Closed).Failure.Should().Be(HubFailure.Unreachable);
    }

    [Theory]
    [InlineData(SocketError.ConnectionReset, HubFailure.Replaced)]
    [InlineData(SocketError.Shutdown, HubFailure.Replaced)]
    [InlineData(SocketError.TimedOut, HubFailure.Unreachable)]
    [InlineData(SocketError.NetworkUnreachable, HubFailure.Unreachable)]
    public void Judge_SocketErrorTwice_TellsACloseFromALostLine(SocketError error, HubFailure expected)
    {
        var history = new SessionHistory();
        var cause = ClosedByHubException.Recognise(new IOException("lost", new SocketException((int)error)));
        var end = new HubException(HubFailure.Unreachable, "lost", cause);

        history.Judge(Soon, end);

        history.Judge(Soon, end).Failure.Should().Be(expected);
    }

    [Fact]
    public void Judge_LineLost_IsNotReplaced()
    {
        var history = new SessionHistory();
        history.Judge(Soon, Closed);

        history.Judge(Soon, new IOException("reset")).Failure.Should().Be(HubFailure.Unreachable);
        history.Judge(Soon, Closed).Failure.Should().Be(HubFailure.Unreachable);
    }
}
