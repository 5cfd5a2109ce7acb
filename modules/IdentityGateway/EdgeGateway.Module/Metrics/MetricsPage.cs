using EdgeGateway.Module.Web;

namespace EdgeGateway.Module.Metrics;

/// <summary><c>/metrics</c>, for Prometheus and the metrics collector of IoT Edge.</summary>
internal sealed class MetricsPage(
    MetricsCollector collector, IReadOnlyList<KeyValuePair<string, string>> labels, IEnumerable<IMetricSource> sources) : IWebPage
{
    /// <summary>Held, as meters live no longer than who made them.</summary>
    private readonly IMetricSource[] _sources = [.. sources];

    /// <summary>How many sources of observed metrics there are.</summary>
    public int Sources => _sources.Length;

    public string Path => "/metrics";

    public WebAnswer Answer() => new(200, PrometheusText.ContentType, PrometheusText.Write(collector.Collect(), labels));
}
