using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Serial.Tests.Drivers;

public sealed class McuBusTests
{
    [Fact]
    public async Task AcquireAsync_BusIsHeld_WaitsUntilItIsFree()
    {
        var (link, _) = InMemoryLink.CreatePair();
        await using var bus = new McuBus(link, halfDuplex: true, TimeProvider.System);
        var first = await bus.AcquireAsync(CancellationToken.None);
        var second = bus.AcquireAsync(CancellationToken.None);
        second.IsCompleted.Should().BeFalse();
        await first.DisposeAsync();
        await using var lease = await second.WaitAsync(TimeSpan.FromSeconds(30));
        link.IsOpen.Should().BeTrue();
    }

    [Fact]
    public async Task AcquireAsync_LineCannotBeOpened_ThrowsAndFreesTheBus()
    {
        var (link, _) = InMemoryLink.CreatePair();
        link.Unplug();
        await using var bus = new McuBus(link, halfDuplex: false, TimeProvider.System);
        var acquire = () => bus.AcquireAsync(CancellationToken.None);
        (await acquire.Should().ThrowAsync<LinkException>()).Which.Failure.Should().Be(LinkFailure.Missing);
        link.Plug();
        await using var lease = await bus.AcquireAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task ReadAsync_DeadlinePassed_ReturnsNothingAndTheNextReadLosesNoByte()
    {
        var (link, far) = InMemoryLink.CreatePair();
        await far.OpenAsync(CancellationToken.None);
        await using var bus = new McuBus(link, halfDuplex: false, TimeProvider.System);
        await using var lease = await bus.AcquireAsync(CancellationToken.None);
        (await lease.ReadAsync(TimeSpan.Zero, CancellationToken.None)).IsEmpty.Should().BeTrue();
        await far.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);
        (await lease.ReadAsync(TimeSpan.FromHours(1), CancellationToken.None)).ToArray().Should().Equal(1, 2, 3);
        await far.DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_BusIsHeld_LeaseCanStillBeGivenBack()
    {
        var (link, _) = InMemoryLink.CreatePair();
        var bus = new McuBus(link, halfDuplex: false, TimeProvider.System);
        var lease = await bus.AcquireAsync(CancellationToken.None);

        await bus.DisposeAsync();
        var giveBack = async () => await lease.DisposeAsync();

        await giveBack.Should().NotThrowAsync("a gateway that stops closes lines under work that has not stopped in time");
    }
}
