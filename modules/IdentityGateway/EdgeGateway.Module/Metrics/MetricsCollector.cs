using System.Diagnostics.Metrics;

namespace EdgeGateway.Module.Metrics;

/// <summary>Listens to the meters of all rooms and keeps their sums.</summary>
/// <remarks>Thread-safe. Counts from when it is made.</remarks>
internal sealed class MetricsCollector : IDisposable
{
    /// <summary>What the meters of the gateway begin with.</summary>
    public const string MeterPrefix = "EdgeGateway.";

    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly IMeterFactory _meters;

    /// <param name="meters">Of meters that belong to a factory, only those of this one are heard: a test process may hold several.</param>
    public MetricsCollector(IMeterFactory meters)
    {
        _meters = meters;
        _listener.InstrumentPublished = OnPublished;
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.Start();
    }

    /// <summary>All metrics by name, with what is observed observed now.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        lock (_lock)
        {
            foreach (var family in _families.Values)
            {
                family.BeforeObserving();
            }

            _listener.RecordObservableInstruments();
            return [.. _families.Values];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void OnPublished(Instrument instrument, MeterListener listener)
    {
        var isOurs = instrument.Meter.Name.StartsWith(MeterPrefix, StringComparison.Ordinal)
            && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, _meters));
        if (!isOurs)
        {
            return;
        }

        MetricFamily family;
        lock (_lock)
        {
            family = new MetricFamily(instrument);
            if (!_families.TryAdd(family.Name, family))
            {
                family = _families[family.Name];
            }
        }

        listener.EnableMeasurementEvents(instrument, family);
    }

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(value, tags);
}

/// <summary>Holds metrics that are looked at only when somebody asks; the page asks for all of these, so that they exist.</summary>
internal interface IMetricSource;
