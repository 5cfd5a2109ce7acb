namespace EdgeGateway.Module.Metrics;

/// <summary>One metric under one set of labels.</summary>
/// <remarks>Not thread-safe: its family guards it.</remarks>
internal sealed class MetricSeries(IReadOnlyList<KeyValuePair<string, string>> labels, IReadOnlyList<double> bounds)
{
    public IReadOnlyList<KeyValuePair<string, string>> Labels => labels;

    /// <summary>Sum of what was added, or of what was observed; for a gauge that is observed, its last value.</summary>
    public double Value { get; private set; }

    /// <summary>Observations of a histogram.</summary>
    public long Count { get; private set; }

    /// <summary>Observations of a histogram at or below each bound, each counted once, and behind them those above all.</summary>
    public long[] Buckets { get; } = new long[bounds.Count + 1];

    public void Add(double value) => Value += value;

    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        Buckets[bucket]++;
        Count++;
        Value += value;
    }
}
