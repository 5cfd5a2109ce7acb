using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Firmware.Tests.Workflow;

public sealed class LinkWatchTests
{
    [Fact]
    public Task Idle_AsksForASignOfLifeAndReadsFactsOnce() => Scenario.RunAsync(async s =>
    {
        s.Start();
        await s.PassAsync(TimeSpan.FromMinutes(10));

        s.Mcu.Count("Identify").Should().Be(1);
        s.Mcu.Count("Ping").Should().BeInRange(10 * 60 / 38, 10 * 60 / 22);
        s.Status.Link.Should().Be(McuLinkState.Online);
        s.Observer.Facts.Should().ContainSingle();
        s.Mcu.IsBusHeld.Should().BeFalse();
    });

    [Fact]
    public Task Idle_McuRestarts_FactsAreReadAgain() => Scenario.RunAsync(async s =>
    {
        s.Start();
        await s.PassAsync(TimeSpan.FromSeconds(1));
        s.Mcu.CutPower();
        s.Mcu.Running = new Support.Firmware("1.5");
        await s.WaitAsync(() => s.Status.RunningVersion == "1.5");

        s.Observer.Facts.Select(f => f.RunningVersion).Should().Equal("1.0", "1.5");
    });

    [Fact]
    public Task Idle_LineGoesAndComes_IsTold() => Scenario.RunAsync(async s =>
    {
        s.Start();
        await s.PassAsync(TimeSpan.FromSeconds(1));
        s.Mcu.LineFailure = LinkFailure.Unplugged;
        await s.WaitAsync(() => s.Status.Link == McuLinkState.Offline);
        s.Status.LinkReason.Should().Be(FailureReason.PortUnplugged);
        s.Status.LinkText.Should().Be("the line is Unplugged");

        s.Mcu.LineFailure = null;
        await s.WaitAsync(() => s.Status.Link == McuLinkState.Online);
        s.Status.LinkReason.Should().Be(FailureReason.None);
        s.Mcu.Count("Identify").Should().Be(2);
        s.Observer.Reports.Should().BeEmpty();
    });

    [Theory]
    [InlineData(McuFailure.Silent, FailureReason.McuSilent)]
    [InlineData(McuFailure.Garbled, FailureReason.McuGarbled)]
    [InlineData(McuFailure.AddressConflict, FailureReason.McuAddressConflict)]
    public Task Idle_McuFails_IsOfflineWithItsReason(McuFailure failure, FailureReason reason) => Scenario.RunAsync(async s =>
    {
        s.Mcu.Before = (_, _) => throw new McuException(failure, "so it is");
        s.Start();
        await s.WaitAsync(() => s.Status.Link == McuLinkState.Offline);

        s.Status.LinkReason.Should().Be(reason);
    });

    [Fact]
    public Task Idle_BusIsTaken_ATwinIsTakenUpAllTheSame() => Scenario.RunAsync(async s =>
    {
        s.Start();
        await s.PassAsync(TimeSpan.FromSeconds(1));
        await using var other = await s.Mcu.ConnectAsync(default);
        await s.PassAsync(TimeSpan.FromMinutes(2));

        s.Deploy();
        await s.WaitForAsync(UpdatePhase.WaitingForLine);
        s.Status.Link.Should().Be(McuLinkState.Online, "a bus that others use says nothing about this microcontroller");
        s.Store.Wanted.Should().ContainSingle("the download needs no bus");

        await other.DisposeAsync();
        await s.WaitForAsync(UpdatePhase.Succeeded);
    });
}
