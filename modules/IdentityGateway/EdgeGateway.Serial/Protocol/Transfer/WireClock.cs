namespace EdgeGateway.Serial.Protocol.Transfer;

/// <summary>Knows when queued bytes will have left the wire, from the line's rate; the kernel takes them long before.</summary>
public sealed class WireClock(double? bytesPerSecond)
{
    private TimeSpan _free;

    /// <summary>The line's rate; null where it is not known, then bytes are taken to leave at once.</summary>
    public double? BytesPerSecond { get; } = bytesPerSecond;

    /// <summary>Queues bytes at <paramref name="now"/>.</summary>
    /// <returns>When the last of them has left.</returns>
    public TimeSpan Queue(int bytes, TimeSpan now)
    {
        var start = _free > now ? _free : now;
        _free = BytesPerSecond is { } rate ? start + TimeSpan.FromSeconds(bytes / rate) : start;
        return _free;
    }

    /// <summary>True where nothing queued is still on its way.</summary>
    public bool IsIdle(TimeSpan now) => _free <= now;

    /// <summary>How long <paramref name="bytes"/> bytes take; zero where the rate is not known.</summary>
    public TimeSpan TimeOf(long bytes) => BytesPerSecond is { } rate ? TimeSpan.FromSeconds(bytes / rate) : TimeSpan.Zero;
}
