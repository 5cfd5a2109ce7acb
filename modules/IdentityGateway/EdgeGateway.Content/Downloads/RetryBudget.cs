using EdgeGateway.Content.Cache;

namespace EdgeGateway.Content.Downloads;

/// <summary>Decides whether and when an interrupted download is retried: a number of failures in a row, counted again after each progress.</summary>
internal sealed class RetryBudget(ContentOptions options, Random random, long present)
{
    private long _best = present;
    private int _failures;

    /// <summary>Computes the wait before the next retry; null if no retry is left.</summary>
    /// <param name="present">Number of bytes present now.</param>
    public TimeSpan? Next(long present)
    {
        if (present - _best >= PartialFile.MarkEvery)
        {
            (_best, _failures) = (present, 0);
        }

        if (_failures == options.Retries)
        {
            return null;
        }

        return Backoff.Delay(++_failures, options.RetryBase, options.RetryMax, random.NextDouble());
    }
}
