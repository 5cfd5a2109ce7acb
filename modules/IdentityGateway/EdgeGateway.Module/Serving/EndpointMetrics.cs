using System.Diagnostics.Metrics;
using System.Globalization;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Serving.Access;
using EdgeGateway.Module.Serving.Requests;

namespace EdgeGateway.Module.Serving;

/// <summary>
/// Counts what the content endpoint does, never by child. Meter <c>EdgeGateway.Endpoint</c>. Counted here and observed at each scrape, as there may be
/// ten thousand requests a second.
/// </summary>
internal sealed class EndpointMetrics : IMetricSource
{
    public const string MeterName = "EdgeGateway.Endpoint";

    private const int Classes = 6;
    private static readonly RequestKind[] Kinds = Enum.GetValues<RequestKind>();

    private readonly Counter<long> _denied;
    private readonly long[] _requests = new long[Kinds.Length * Classes];
    private readonly long[] _sent = new long[Kinds.Length];
    private int _underWay;

    public EndpointMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter("edgegateway_endpoint_requests", Requests, description: "Requests for content, by form and class of status.");
        meter.CreateObservableCounter("edgegateway_endpoint_sent", Sent, "By", "Bytes of content sent, by form of request.");
        _denied = meter.CreateCounter<long>("edgegateway_endpoint_denied", description: "Requests for content that were denied, by reason.");
        meter.CreateObservableGauge(
            "edgegateway_endpoint_readers", () => Volatile.Read(ref _underWay), description: "Requests for content under way now.");
    }

    public void Begun() => Interlocked.Increment(ref _underWay);

    /// <param name="kind">Form of the request.</param>
    /// <param name="status">Status of the answer; 0 where it was broken off.</param>
    /// <param name="bytes">Bytes of content sent.</param>
    public void Ended(RequestKind kind, int status, long bytes)
    {
        Interlocked.Decrement(ref _underWay);
        Interlocked.Increment(ref _requests[((int)kind * Classes) + (status / 100)]);
        Interlocked.Add(ref _sent[(int)kind], bytes);
    }

    public void Denied(AccessDenial reason) => _denied.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    private IEnumerable<Measurement<long>> Requests() => Enumerable.Range(0, _requests.Length)
        .Where(i => Interlocked.Read(ref _requests[i]) > 0)
        .Select(i => new Measurement<long>(
            Interlocked.Read(ref _requests[i]),
            Form(Kinds[i / Classes]),
            new("status", i % Classes == 0 ? "broken" : string.Create(CultureInfo.InvariantCulture, $"{i % Classes}xx"))));

    private IEnumerable<Measurement<long>> Sent() => Kinds
        .Where(k => Interlocked.Read(ref _sent[(int)k]) > 0)
        .Select(k => new Measurement<long>(Interlocked.Read(ref _sent[(int)k]), Form(k)));

    private static KeyValuePair<string, object?> Form(RequestKind kind) => new("form", kind.ToString());
}
