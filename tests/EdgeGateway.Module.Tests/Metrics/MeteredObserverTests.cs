using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Testing;
using NSubstitute;

namespace EdgeGateway.Module.Tests.Metrics;

public sealed class MeteredObserverTests : IDisposable
{
    private readonly TestMeterFactory _meters = new();
    private readonly MeasuredMetrics _metrics;
    private readonly VirtualTime _time = new();
    private readonly IWorkflowObserver _next = Substitute.For<IWorkflowObserver>();
    private readonly MeteredObserver _observer;
    private McuStatus _status = new() { Id = new McuId("mcu-1"), Facts = Facts };

    public MeteredObserverTests()
    {
        _metrics = new MeasuredMetrics(_meters);
        _observer = new MeteredObserver(_next, new UpdateMetrics(_meters), "/dev/a", _time);
    }

    private static McuFacts Facts => new()
    {
        Vendor = "v", Model = "pump", HardwareRevision = "1", SerialNumber = "s", RunningVersion = "1.0", BootState = default, SlotSize = 1,
    };

    public void Dispose()
    {
        _metrics.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public void OnStatus_WholeUpdate_CountsOutcomePhasesAndTransfer()
    {
        Say(s => s with { Phase = UpdatePhase.Idle });
        Say(s => s with { Phase = UpdatePhase.Transferring });
        _time.Advance(TimeSpan.FromSeconds(10));
        Say(s => s with { Phase = UpdatePhase.Verifying, Transfer = new TransferSummary(512, 40_000, 1_000, 43_000, TimeSpan.FromSeconds(8)) });
        Say(s => s with { Phase = UpdatePhase.Succeeded });

        Lines().Should().Contain("""edgegateway_updates{line="/dev/a",mcu_class="pump",outcome="Succeeded",reason="None"} 1""")
            .And.Contain("""edgegateway_update_phase{line="/dev/a",mcu_class="pump",phase="Transferring"} 10""")
            .And.Contain("""edgegateway_transfer_payload{line="/dev/a",mcu_class="pump"} 40000""")
            .And.Contain("""edgegateway_transfer_retransmitted{line="/dev/a",mcu_class="pump"} 1000""")
            .And.Contain("""edgegateway_transfer_line{line="/dev/a",mcu_class="pump"} 43000""")
            .And.Contain("""edgegateway_transfers_resumed{line="/dev/a",mcu_class="pump"} 1""")
            .And.Contain("""edgegateway_transfer_rate{line="/dev/a",mcu_class="pump"} 5000""");
        Lines().Should().NotContain(l => l.Contains("phase=\"Idle\"") || l.Contains("mcu-1"));
    }

    [Fact]
    public void OnStatus_HeldUpThenFailed_CountsReasons()
    {
        Say(s => s with { Phase = UpdatePhase.Transferring });
        Say(s => s with { Phase = UpdatePhase.WaitingForMcu, LastError = FailureReason.PortUnplugged });
        Say(s => s with { Phase = UpdatePhase.Failed, LastError = FailureReason.McuSilent });

        Lines().Should()
            .Contain("""edgegateway_update_setbacks{line="/dev/a",mcu_class="pump",phase="Transferring",reason="PortUnplugged"} 1""")
            .And.Contain("""edgegateway_updates{line="/dev/a",mcu_class="pump",outcome="Failed",reason="McuSilent"} 1""");
    }

    [Fact]
    public void OnStatus_EndRestoredFromTheJournal_IsNotCountedAgain()
    {
        Say(s => s with { Phase = UpdatePhase.Idle });
        Say(s => s with { Phase = UpdatePhase.Succeeded, Transfer = new TransferSummary(0, 1, 0, 1, TimeSpan.FromSeconds(1)) });

        Lines().Should().NotContain(l => l.StartsWith("edgegateway_", StringComparison.Ordinal));
    }

    [Fact]
    public void OnStatus_Always_PassesOn()
    {
        Say(s => s with { Phase = UpdatePhase.Offering });

        _next.Received(1).OnStatus(_status);
    }

    private void Say(Func<McuStatus, McuStatus> change) => _observer.OnStatus(_status = change(_status));

    private IReadOnlyList<string> Lines() => _metrics.Lines;
}
