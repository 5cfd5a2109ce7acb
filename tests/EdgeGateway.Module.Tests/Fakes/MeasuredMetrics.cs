using System.Diagnostics.Metrics;
using System.Globalization;

namespace EdgeGateway.Module.Tests.Fakes;

/// <summary>Sums what the instruments of one factory measure, by series: <c>name{label="value"}</c>, labels in order.</summary>
/// <remarks>Thread-safe. The sum of a histogram is that of its values.</remarks>
internal sealed class MeasuredMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _series = [];

    public MeasuredMetrics(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Gets the series as <c>name{label="value"} sum</c>; what is observed is observed now.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. Observe().Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value}"))];
            }
        }
    }

    /// <summary>Sums the series of a counter that have the value in one of their labels; all of them for the empty text.</summary>
    /// <param name="name">Name of the instrument, or the name under which it is exported.</param>
    /// <param name="label">Value of a label.</param>
    public double Sum(string name, string label)
    {
        var instrument = name.Replace("_total", "", StringComparison.Ordinal).Replace("_bytes", "", StringComparison.Ordinal);
        lock (_lock)
        {
            return Observe()
                .Where(s => s.Key.StartsWith(instrument + "{", StringComparison.Ordinal))
                .Where(s => label.Length == 0 || s.Key.Contains($"\"{label}\"", StringComparison.Ordinal))
                .Sum(s => s.Value);
        }
    }

    public void Dispose() => _listener.Dispose();

    private Dictionary<string, double> Observe()
    {
        var counted = new Dictionary<string, double>(_series);
        _listener.RecordObservableInstruments();
        var all = new Dictionary<string, double>(_series);
        _series.Clear();
        foreach (var (key, value) in counted)
        {
            _series[key] = value;
        }

        return all;
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = tags.ToArray().OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}=\"{t.Value}\"");
        var key = $"{instrument.Name}{{{string.Join(',', labels)}}}";
        lock (_lock)
        {
            _series[key] = _series.GetValueOrDefault(key) + value;
        }
    }
}
