using System.Diagnostics.Metrics;
using EdgeGateway.Content.Sources.Ranking;

namespace EdgeGateway.Content;

/// <summary>Counts what the content store does. Meter <c>EdgeGateway.Content</c>.</summary>
public sealed class ContentMetrics
{
    public const string MeterName = "EdgeGateway.Content";

    private readonly Counter<long> _received;
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _evictedBytes;
    private readonly UpDownCounter<long> _readers;
    private readonly Counter<long> _served;
    private readonly UpDownCounter<long> _held;
    private readonly Counter<long> _damaged;
    private readonly Counter<long> _wrong;
    private readonly Counter<long> _bans;

    public ContentMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _received = meter.CreateCounter<long>("edgegateway.content.received", "By", "Bytes received, by source.");
        _hits = meter.CreateCounter<long>("edgegateway.content.hits", "{request}", "Requests answered from the store or by a download already under way.");
        _misses = meter.CreateCounter<long>("edgegateway.content.misses", "{request}", "Requests that started a download.");
        _evictions = meter.CreateCounter<long>("edgegateway.content.evictions", "{item}", "Items evicted to free space.");
        _evictedBytes = meter.CreateCounter<long>("edgegateway.content.evicted", "By", "Bytes evicted to free space.");
        _readers = meter.CreateUpDownCounter<long>("edgegateway.content.readers", "{reader}", "Readers that are open.");
        _served = meter.CreateCounter<long>("edgegateway.content.served", "By", "Bytes handed to readers, by where they came from.");
        _held = meter.CreateUpDownCounter<long>("edgegateway.content.held", "By", "Bytes held for later.");
        _damaged = meter.CreateCounter<long>("edgegateway.content.damaged", "{item}", "Files of the store that were not what they should be, by how it was found out.");
        _wrong = meter.CreateCounter<long>("edgegateway.content.wrong", "{answer}", "Answers with wrong content, by source and what was wrong.");
        _bans = meter.CreateCounter<long>("edgegateway.content.bans", "{ban}", "Times a source was avoided for a while, by source and fault.");
    }

    internal void Received(string source, long bytes) => _received.Add(bytes, new KeyValuePair<string, object?>("source", source));

    internal void Banned(string source, SourceFault fault) =>
        _bans.Add(1, new KeyValuePair<string, object?>("source", source), new KeyValuePair<string, object?>("reason", fault.ToString()));

    internal void Hit() => _hits.Add(1);

    internal void Miss() => _misses.Add(1);

    internal void Evicted(long bytes)
    {
        _evictions.Add(1);
        _evictedBytes.Add(bytes);
    }

    internal void ReaderOpened() => _readers.Add(1);

    internal void ReaderClosed() => _readers.Add(-1);

    internal void Served(long bytes, bool arriving) =>
        _served.Add(bytes, new KeyValuePair<string, object?>("from", arriving ? "arriving" : "store"));

    internal void Held(long change) => _held.Add(change);

    internal void Damaged(string found) => _damaged.Add(1, new KeyValuePair<string, object?>("found", found));

    internal void Wrong(string source, ContentFailure failure) => _wrong.Add(
        1, new KeyValuePair<string, object?>("source", source), new KeyValuePair<string, object?>("reason", failure.ToString()));
}
