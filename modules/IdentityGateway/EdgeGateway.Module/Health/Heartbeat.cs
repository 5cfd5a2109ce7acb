namespace EdgeGateway.Module.Health;

/// <summary>When a loop last came round.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Heartbeat(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    public TimeSpan Age => time.GetElapsedTime(Interlocked.Read(ref _last));

    public void Beat() => Interlocked.Exchange(ref _last, time.GetTimestamp());
}
