using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Progress;
using EdgeGateway.Serial;
using EdgeGateway.Testing;

namespace EdgeGateway.Firmware.Tests.Workflow.Progress;

public sealed class StatusTrackerTests
{
    private readonly VirtualTime _time = new();
    private readonly RecordingObserver _observer = new();
    private readonly StatusTracker _tracker;

    public StatusTrackerTests() => _tracker = new StatusTracker(new McuId("m"), _observer, _time);

    [Fact]
    public void Progress_ManyReports_AreToldAboutFourTimesASecond()
    {
        _tracker.StartProgress(0, 1000);
        for (var i = 1; i <= 1000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            _tracker.Progress(i);
        }

        _observer.Statuses.Count.Should().BeInRange(38, 42);
        _tracker.Status.Bytes.Should().Be(1000, "the status itself is never old");
    }

    [Fact]
    public void Change_NothingNew_IsNotTold()
    {
        _tracker.Change(s => s with { Phase = UpdatePhase.Idle });

        _observer.Statuses.Should().BeEmpty();
    }

    [Fact]
    public void Change_RightAfterProgress_IsToldAtOnce()
    {
        _tracker.StartProgress(0, 10);
        _tracker.Change(s => s with { Phase = UpdatePhase.Verifying });

        _observer.Statuses[^1].Phase.Should().Be(UpdatePhase.Verifying);
    }
}
