namespace EdgeGateway.Firmware.Workflow.Progress;

/// <summary>Turns counts of bytes into a smoothed rate and the time left.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ProgressMeter(TimeProvider time)
{
    /// <summary>Seconds after which an old rate weighs a third.</summary>
    private const double Memory = 3;

    private static readonly TimeSpan ShortestSample = TimeSpan.FromMilliseconds(100);

    private long _since;
    private long _bytes;

    /// <summary>Bytes a second; null until two counts are known.</summary>
    public double? Rate { get; private set; }

    /// <summary>Begins at a count that was not moved by what is measured.</summary>
    public void Start(long bytes)
    {
        _since = time.GetTimestamp();
        _bytes = bytes;
        Rate = null;
    }

    public void Report(long bytes)
    {
        var elapsed = time.GetElapsedTime(_since);
        if (elapsed < ShortestSample)
        {
            return;
        }

        var sample = Math.Max(0, bytes - _bytes) / elapsed.TotalSeconds;
        var weight = 1 - Math.Exp(-elapsed.TotalSeconds / Memory);
        Rate = Rate is { } rate ? rate + (weight * (sample - rate)) : sample;
        _since = time.GetTimestamp();
        _bytes = bytes;
    }

    /// <summary>Time that <paramref name="bytes"/> more will take; null where nothing moves.</summary>
    public TimeSpan? Remaining(long bytes) =>
        Rate is > 0 and var rate ? TimeSpan.FromSeconds(Math.Min(Math.Ceiling(bytes / rate), TimeSpan.FromDays(365).TotalSeconds)) : null;
}

/// <summary>
/// Passes progress on at once, on the thread that reports it. <see cref="Progress{T}"/> of .NET would post it, so that it could arrive after later changes.
/// </summary>
internal sealed class ImmediateProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
