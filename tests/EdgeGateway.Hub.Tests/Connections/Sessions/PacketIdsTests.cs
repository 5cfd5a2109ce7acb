using EdgeGateway.Hub.Connections.Sessions;

namespace EdgeGateway.Hub.Tests.Connections.Sessions;

public sealed class PacketIdsTests
{
    [Fact]
    public void Take_AllInUse_LeavesOutUsedOnesAndNeverGivesZero()
    {
        var ids = new PacketIds();
        var taken = Enumerable.Range(0, ushort.MaxValue).Select(_ => ids.Take()).ToHashSet();
        taken.Should().HaveCount(ushort.MaxValue).And.NotContain(0);
        ids.Invoking(i => i.Take()).Should().Throw<InvalidOperationException>();

        ids.Return(4711);

        ids.Take().Should().Be(4711);
    }
}
