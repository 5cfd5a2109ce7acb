using System.Diagnostics.Metrics;

namespace EdgeGateway.Firmware.Content;

/// <summary>Counters of the content store, meter <c>EdgeGateway.Content</c>.</summary>
public sealed class ContentMetrics
{
    public const string MeterName = "EdgeGateway.Content";

    private readonly Counter<long> _received;
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _evictedBytes;

    public ContentMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _received = meter.CreateCounter<long>("edgegateway.content.received", "By", "Bytes received, by source.");
        _hits = meter.CreateCounter<long>("edgegateway.content.hits", "{request}", "Requests answered from the store or by a download already under way.");
        _misses = meter.CreateCounter<long>("edgegateway.content.misses", "{request}", "Requests that started a download.");
        _evictions = meter.CreateCounter<long>("edgegateway.content.evictions", "{item}", "Items evicted to make room.");
        _evictedBytes = meter.CreateCounter<long>("edgegateway.content.evicted", "By", "Bytes evicted to make room.");
    }

    internal void Received(string source, long bytes) => _received.Add(bytes, new KeyValuePair<string, object?>("source", source));

    internal void Hit() => _hits.Add(1);

    internal void Miss() => _misses.Add(1);

    internal void Evicted(long bytes)
    {
        _evictions.Add(1);
        _evictedBytes.Add(bytes);
    }
}
