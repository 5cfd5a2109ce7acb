using EdgeGateway.Firmware.Workflow.Failures;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Progress;

/// <summary>
/// Keeps the status of one microcontroller and tells the observer of changes, in order, mere progress at most every 250 ms.
/// </summary>
/// <remarks>Thread-safe: progress comes from whoever moves the bytes.</remarks>
internal sealed class StatusBoard(McuId id, IWorkflowObserver observer, TimeProvider time)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly ProgressMeter _meter = new(time);
    private McuStatus _status = new() { Id = id };
    private long _told;

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

    /// <summary>Changes the status and tells at once, if it really changed.</summary>
    public void Change(Func<McuStatus, McuStatus> change)
    {
        lock (_lock)
        {
            var changed = change(_status);
            if (changed != _status)
            {
                _status = changed;
                Tell();
            }
        }
    }

    /// <summary>Bytes begin to move, from a count that was there before.</summary>
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
            if (time.GetElapsedTime(_told) >= ProgressInterval)
            {
                Tell();
            }
        }
    }

    /// <summary>The microcontroller answered and told who it is.</summary>
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

    /// <summary>The line or the microcontroller failed.</summary>
    public void Offline(Failure failure) =>
        Change(s => s with { Link = McuLinkState.Offline, LinkReason = failure.Reason, LinkText = failure.Text });

    private void Tell()
    {
        _told = time.GetTimestamp();
        observer.OnStatus(_status);
    }
}
