namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Counts the time after an activation. Stands still, and begins anew, while the line is away.</summary>
internal sealed class BootClock
{
    private readonly McuContext _mcu;
    private long? _since;

    public BootClock(McuContext mcu)
    {
        _mcu = mcu;
        _since = mcu.Time.GetTimestamp();
    }

    /// <summary>True once it must have restarted and booted: its own boot time and a margin.</summary>
    public bool MustHaveBooted => Elapsed > BootTime + _mcu.Options.BootMargin;

    /// <summary>True once even a failed trial must have ended and the old image must have booted.</summary>
    public bool IsOver => Elapsed > (2 * BootTime) + _mcu.Options.TrialTime + _mcu.Options.BootMargin;

    private TimeSpan Elapsed => _since is { } since ? _mcu.Time.GetElapsedTime(since) : TimeSpan.Zero;

    private TimeSpan BootTime => _mcu.Board.Status.Facts?.BootTime ?? TimeSpan.Zero;

    public void LineIsAway() => _since = null;

    public void LineIsBack() => _since ??= _mcu.Time.GetTimestamp();
}
