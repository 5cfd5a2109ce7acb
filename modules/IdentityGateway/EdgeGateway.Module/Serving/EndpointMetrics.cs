using System.Diagnostics.Metrics;
using System.Globalization;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Serving.Access;
using EdgeGateway.Module.Serving.Requests;

namespace EdgeGateway.Module.Serving;

/// <summary>What the content endpoint does, never by child. Meter <c>EdgeGateway.Endpoint</c>.</summary>
internal sealed class EndpointMetrics : IMetricSource
{
    public const string MeterName = "EdgeGateway.Endpoint";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _denied;
    private int _underWay;

    public EndpointMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("edgegateway_endpoint_requests", description: "Requests for content, by form and class of status.");
        _sent = meter.CreateCounter<long>("edgegateway_endpoint_sent", "By", "Bytes of content sent, by form of request.");
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
        var form = new KeyValuePair<string, object?>("form", kind.ToString());
        _requests.Add(1, form, new("status", status == 0 ? "broken" : string.Create(CultureInfo.InvariantCulture, $"{status / 100}xx")));
        if (bytes > 0)
        {
            _sent.Add(bytes, form);
        }
    }

    public void Denied(AccessDenial reason) => _denied.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
}
