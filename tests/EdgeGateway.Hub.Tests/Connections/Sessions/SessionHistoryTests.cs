using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Sessions;

namespace EdgeGateway.Hub.Tests.Connections.Sessions;

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

    [Fact]
    public void Judge_LineLost_IsNotReplaced()
    {
        var history = new SessionHistory();
        history.Judge(Soon, Closed);

        history.Judge(Soon, new IOException("reset")).Failure.Should().Be(HubFailure.Unreachable);
        history.Judge(Soon, Closed).Failure.Should().Be(HubFailure.Unreachable);
    }
}
