using EdgeGateway.Content.Files;

namespace EdgeGateway.Content.Downloads;

/// <summary>Whether a broken-off download is taken up again, and when: a number of failures in a row, counted anew whenever it got further.</summary>
internal sealed class RetryBudget(ContentOptions options, Random random, long present)
{
    private long _best = present;
    private int _failures;

    /// <summary>The wait before the next try; null if there is to be none.</summary>
    /// <param name="present">Bytes that are present now.</param>
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

        var bound = Math.Min(options.RetryMax.TotalSeconds, options.RetryBase.TotalSeconds * Math.Pow(2, _failures++));
        return TimeSpan.FromSeconds(bound * random.NextDouble());
    }
}
