using System.Diagnostics.Metrics;
using System.Globalization;

namespace EdgeGateway.Module.Metrics;

/// <summary>One metric with all its series. Bounded: beyond the limit everything is counted under labels that say <c>other</c>.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class MetricFamily
{
    /// <summary>Most sets of labels of one metric.</summary>
    public const int MaxSeries = 200;

    /// <summary>Longest value of a label; longer ones are cut.</summary>
    public const int MaxLabelLength = 100;

    /// <summary>Value of every label of the series that takes what is beyond the limit.</summary>
    public const string Other = "other";

    private static readonly double[] DefaultBounds = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 600, 1800, 3600];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly bool _isObserved;

    public MetricFamily(Instrument instrument)
    {
        Name = PrometheusName.Of(instrument);
        Type = PrometheusName.TypeOf(instrument);
        Help = instrument.Description ?? "";
        _isObserved = instrument.IsObservable;
        Bounds = Type != PrometheusType.Histogram ? []
            : instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } ? bounds
            : DefaultBounds;
    }

    public string Name { get; }

    public PrometheusType Type { get; }

    public string Help { get; }

    /// <summary>Upper bounds of a histogram's buckets.</summary>
    public IReadOnlyList<double> Bounds { get; }

    /// <summary>Counts one measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = tags.IsEmpty ? null : Labels(tags);
        lock (_lock)
        {
            var series = labels is null ? FindBare() : Find(labels);
            if (Type == PrometheusType.Histogram)
            {
                series.Observe(value);
            }
            else
            {
                series.Add(value);
            }
        }
    }

    /// <summary>Forgets observed values, as they are about to be observed anew.</summary>
    public void BeforeObserving()
    {
        if (_isObserved)
        {
            lock (_lock)
            {
                _series.Clear();
            }
        }
    }

    /// <summary>Shows the series to a writer, in the order of their labels.</summary>
    public void Read(Action<MetricSeries> write)
    {
        lock (_lock)
        {
            foreach (var (_, series) in _series.OrderBy(s => s.Key, StringComparer.Ordinal))
            {
                write(series);
            }
        }
    }

    private static List<KeyValuePair<string, string>> Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<KeyValuePair<string, string>>(tags.Length);
        foreach (var (key, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Add(new(PrometheusName.OfLabel(key), text.Length > MaxLabelLength ? text[..MaxLabelLength] : text));
        }

        labels.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return labels;
    }

    /// <summary>The series without labels, quickly: some of these count every request for content.</summary>
    private MetricSeries FindBare() => _series.TryGetValue("", out var known) ? known : Find([]);

    private MetricSeries Find(List<KeyValuePair<string, string>> labels)
    {
        var key = KeyOf(labels);
        if (_series.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_series.Count >= MaxSeries)
        {
            labels = [.. labels.Select(l => new KeyValuePair<string, string>(l.Key, Other))];
            key = KeyOf(labels);
            if (_series.TryGetValue(key, out known))
            {
                return known;
            }
        }

        return _series[key] = new MetricSeries(labels, Bounds);
    }

    private static string KeyOf(List<KeyValuePair<string, string>> labels) =>
        string.Join('\u0001', labels.Select(l => $"{l.Key}\u0002{l.Value}"));
}

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
