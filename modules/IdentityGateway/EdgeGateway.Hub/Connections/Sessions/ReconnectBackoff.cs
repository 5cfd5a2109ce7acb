namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>
/// How long to wait before the next attempt. Full jitter over a bound that doubles at each failure; after a refusal, or where another client took the
/// identity, a longer bound and never less than half of it, since repeating soon would not help.
/// </summary>
internal sealed class ReconnectBackoff(HubOptions options, Jitter jitter)
{
    private const int SlowFactor = 20;
    private int _failures;

    /// <summary>The wait after one more failure.</summary>
    public TimeSpan Next(HubFailure failure)
    {
        var slow = failure is HubFailure.Unauthorized or HubFailure.Untrusted or HubFailure.Replaced;
        var bound = Bound(slow ? options.ReconnectBase * SlowFactor : options.ReconnectBase, slow ? options.RefusedRetryMax : options.ReconnectMax);
        _failures++;
        return jitter.Between(slow ? bound / 2 : TimeSpan.Zero, bound);
    }

    /// <summary>A connection proved stable.</summary>
    public void Reset() => _failures = 0;

    private TimeSpan Bound(TimeSpan first, TimeSpan max)
    {
        // 30 doublings of the smallest first wait are beyond any maximum
        var grown = first * Math.Pow(2, Math.Min(_failures, 30));
        return grown < max ? grown : max;
    }
}
