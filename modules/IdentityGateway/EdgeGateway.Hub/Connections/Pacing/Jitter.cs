namespace EdgeGateway.Hub.Connections.Pacing;

/// <summary>Random waits; thread-safe over any, possibly seeded, source.</summary>
internal sealed class Jitter(Random random)
{
    private readonly Lock _lock = new();

    /// <summary>Evenly between two times, the lower included.</summary>
    public TimeSpan Between(TimeSpan low, TimeSpan high)
    {
        lock (_lock)
        {
            return low + ((high - low) * random.NextDouble());
        }
    }
}
