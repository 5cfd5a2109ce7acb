using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace EdgeGateway.Module.Metrics;

/// <summary>
/// Bounds the series of each metric: sets of labels beyond <see cref="MaxSeries"/> are counted under labels whose values are
/// <see cref="Other"/>, so that no sum is lost. What comes from outside, such as the model of a microcontroller, cannot fill the memory.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SeriesLimit
{
    /// <summary>Most sets of labels of one metric.</summary>
    public const int MaxSeries = 200;

    /// <summary>Most characters of a label that comes from outside; longer ones are cut.</summary>
    public const int MaxLabelLength = 100;

    /// <summary>Value of every label of the series that takes what is beyond the limit.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<Instrument, HashSet<string>> _known = new();

    /// <summary>Returns the labels, or their replacement where the metric has its most series already.</summary>
    public KeyValuePair<string, object?>[] Apply(Instrument instrument, params KeyValuePair<string, object?>[] labels)
    {
        var known = _known.GetOrAdd(instrument, static _ => new HashSet<string>(StringComparer.Ordinal));
        var key = string.Join('\u0001', labels.Select(l => l.Value));
        lock (known)
        {
            return known.Contains(key) || (known.Count < MaxSeries && known.Add(key)) ? labels : Rest(labels);
        }
    }

    /// <summary>Folds the observations beyond the limit into one.</summary>
    public static IReadOnlyList<Measurement<int>> Fold(IReadOnlyList<Measurement<int>> observed) => observed.Count <= MaxSeries
        ? observed
        : [.. observed.Take(MaxSeries), new Measurement<int>(observed.Skip(MaxSeries).Sum(m => m.Value), Rest(observed[0].Tags.ToArray()))];

    /// <summary>Cuts a label that comes from outside.</summary>
    public static string Cut(string label) => label.Length > MaxLabelLength ? label[..MaxLabelLength] : label;

    private static KeyValuePair<string, object?>[] Rest(KeyValuePair<string, object?>[] labels) =>
        [.. labels.Select(l => new KeyValuePair<string, object?>(l.Key, Other))];
}
