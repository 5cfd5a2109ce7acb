using EdgeGateway.Firmware.Workflow.Failures;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Progress;

/// <summary>
/// Keeps the status of one microcontroller and reports its changes to the observer in order, and progress at most every 250 ms.
/// </summary>
/// <remarks>Thread-safe: progress arrives on the thread that moves the bytes.</remarks>
internal sealed class StatusTracker(McuId id, IWorkflowObserver observer, TimeProvider time)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly ProgressMeter _meter = new(time);
    private McuStatus _status = new() { Id = id };
    private long _reportedAt;

    public McuStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _status;
            }
        }
    }

    /// <summary>Changes the status and reports it at once if it differs.</summary>
    public void Change(Func<McuStatus, McuStatus> change)
    {
        lock (_lock)
        {
            var changed = change(_status);
            if (changed != _status)
            {
                _status = changed;
                Report();
            }
        }
    }

    /// <summary>Starts to measure progress from the bytes that are already present.</summary>
    public void StartProgress(long bytes, long size)
    {
        lock (_lock)
        {
            _meter.Start(bytes);
            Change(s => s with { Bytes = bytes, Size = size, BytesPerSecond = null, Remaining = null });
        }
    }

    public void Progress(long bytes)
    {
        lock (_lock)
        {
            _meter.Report(bytes);
            _status = _status with { Bytes = bytes, BytesPerSecond = _meter.Rate, Remaining = _meter.Remaining(_status.Size - bytes) };
            if (time.GetElapsedTime(_reportedAt) >= ProgressInterval)
            {
                Report();
            }
        }
    }

    /// <summary>Records what an identified microcontroller reported about itself.</summary>
    public void Identified(McuFacts facts)
    {
        lock (_lock)
        {
            var isNew = facts != _status.Facts;
            Change(s => s with { Facts = facts, Link = McuLinkState.Online, LinkReason = FailureReason.None, LinkText = null });
            if (isNew)
            {
                observer.OnFacts(id, facts);
            }
        }
    }

    /// <summary>Records that the line or the microcontroller failed.</summary>
    public void Offline(Failure failure) =>
        Change(s => s with { Link = McuLinkState.Offline, LinkReason = failure.Reason, LinkText = failure.Text });

    private void Report()
    {
        _reportedAt = time.GetTimestamp();
        observer.OnStatus(_status);
    }
}
