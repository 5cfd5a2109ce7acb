using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace EdgeGateway.Content.Tests.Support;

/// <summary>What a meter counted since this was made, by instrument and labels ("name key=value key=value").</summary>
internal sealed class MetricSums : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = [];

    public MetricSums(IMeterFactory meters, string meter)
    {
        var scope = meters.Create(meter);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == scope)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var labels = tags.ToArray().OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $" {t.Key}={t.Value}");
            _sums.AddOrUpdate(instrument.Name + string.Concat(labels), value, (_, sum) => sum + value);
        });
        _listener.Start();
    }

    public long this[string series] => _sums.GetValueOrDefault(series);

    public void Dispose() => _listener.Dispose();
}
