namespace EdgeGateway.Hub.Connections.Pacing;

/// <summary>
/// How long to wait before the next attempt. Full jitter over a bound that doubles at each failure; after a refusal, or where another client took the
/// identity, a longer bound and never less than half of it, since repeating soon would not help.
/// </summary>
internal sealed class ReconnectBackoff(HubOptions options, Jitter jitter)
{
    private const int SlowFactor = 20;

    /// <summary>
    /// An edgeHub that does not know an identity asks its cloud for it, but not again within 120 s (<c>DeviceScopeCacheRefreshDelaySecs</c>): it refuses
    /// earlier attempts unread. Upper bound of the wait that respects it; the lower bound is five sixths of it.
    /// </summary>
    private static readonly TimeSpan BeyondDamping = TimeSpan.FromSeconds(145);

    private int _failures;
    private int _refusals;

    /// <summary>The wait after one more failure.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="refusedByGateway">True where a gateway host refused the identity, which may be too new for it.</param>
    public TimeSpan Next(HubFailure failure, bool refusedByGateway = false)
    {
        _failures++;
        _refusals = refusedByGateway ? _refusals + 1 : 0;
        if (_refusals > 1)
        {
            var late = Backoff.Bound(_refusals - 1, BeyondDamping, options.RefusedRetryMax);
            return jitter.Between(late * 5 / 6, late);
        }

        var slow = failure is HubFailure.Unauthorized or HubFailure.Untrusted or HubFailure.Replaced or HubFailure.GatewayFull;
        var bound = slow
            ? Backoff.Bound(_failures, options.ReconnectBase * SlowFactor, options.RefusedRetryMax)
            : Backoff.Bound(_failures, options.ReconnectBase, options.ReconnectMax);
        return jitter.Between(slow ? bound / 2 : TimeSpan.Zero, bound);
    }

    /// <summary>A connection proved stable.</summary>
    public void Reset() => (_failures, _refusals) = (0, 0);
}

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
