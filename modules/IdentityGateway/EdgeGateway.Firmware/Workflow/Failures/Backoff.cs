namespace EdgeGateway.Firmware.Workflow.Failures;

/// <summary>Exponential backoff with full jitter: many microcontrollers that failed together do not try again together.</summary>
internal static class Backoff
{
    /// <summary>
    /// A random wait from 0 up to <paramref name="first"/> doubled for each failure after the first, but no more than
    /// <paramref name="most"/>.
    /// </summary>
    /// <param name="failures">Failures so far, 1 or more.</param>
    /// <param name="first">Upper bound after the first failure.</param>
    /// <param name="most">Largest upper bound.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int failures, TimeSpan first, TimeSpan most, double random)
    {
        var bound = Math.Min(first.Ticks * Math.Pow(2, failures - 1), most.Ticks);
        return TimeSpan.FromTicks((long)(bound * random));
    }
}
