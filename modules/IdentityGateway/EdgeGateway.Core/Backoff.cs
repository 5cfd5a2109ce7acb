namespace EdgeGateway.Core;

/// <summary>Computes exponential back-off: the one formula for every wait that grows with failures.</summary>
public static class Backoff
{
    /// <summary>30 doublings of any first wait are beyond every maximum, and 2 to the power of 30 still fits.</summary>
    private const int MostDoublings = 30;

    /// <summary>Computes the upper bound of a wait: <paramref name="first"/>, doubled for each failure after the first.</summary>
    /// <param name="failures">Failures in a row so far; 1 or more. Less counts as 1.</param>
    /// <param name="first">Bound after the first failure.</param>
    /// <param name="most">Largest bound.</param>
    public static TimeSpan Bound(int failures, TimeSpan first, TimeSpan most)
    {
        var grown = first.Ticks * Math.Pow(2, Math.Clamp(failures, 1, MostDoublings + 1) - 1);
        return grown < most.Ticks ? TimeSpan.FromTicks((long)grown) : most;
    }

    /// <summary>
    /// Computes a wait with full jitter: evenly distributed from 0 to <see cref="Bound"/>, so that many that failed together do not try again
    /// together.
    /// </summary>
    /// <param name="failures">Failures in a row so far; 1 or more.</param>
    /// <param name="first">Bound after the first failure.</param>
    /// <param name="most">Largest bound.</param>
    /// <param name="random">A number from 0 to 1, from a seeded source in tests.</param>
    public static TimeSpan Delay(int failures, TimeSpan first, TimeSpan most, double random) => Bound(failures, first, most) * random;
}
