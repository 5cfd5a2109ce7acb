using System.Globalization;
using System.Text;
using EdgeGateway.Module.Web;

namespace EdgeGateway.Module.Metrics;

/// <summary>
/// Writes metrics in the text format of Prometheus, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).
/// </summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The text of all families.</summary>
    /// <param name="families">What was measured.</param>
    /// <param name="common">Labels that every series carries.</param>
    public static string Write(IEnumerable<MetricFamily> families, IReadOnlyList<KeyValuePair<string, string>> common)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(TypeText(family.Type)).Append('\n');
            family.Read(series => WriteSeries(text, family, series, common));
        }

        return text.ToString();
    }

    private static void WriteSeries(
        StringBuilder text, MetricFamily family, MetricSeries series, IReadOnlyList<KeyValuePair<string, string>> common)
    {
        if (family.Type != PrometheusType.Histogram)
        {
            WriteLine(text, family.Name, common, series.Labels, null, series.Value);
            return;
        }

        long below = 0;
        for (var i = 0; i <= family.Bounds.Count; i++)
        {
            below += series.Buckets[i];
            WriteLine(
                text, family.Name + "_bucket", common, series.Labels, i == family.Bounds.Count ? "+Inf" : Number(family.Bounds[i]), below);
        }

        WriteLine(text, family.Name + "_sum", common, series.Labels, null, series.Value);
        WriteLine(text, family.Name + "_count", common, series.Labels, null, series.Count);
    }

    private static void WriteLine(
        StringBuilder text,
        string name,
        IReadOnlyList<KeyValuePair<string, string>> common,
        IReadOnlyList<KeyValuePair<string, string>> labels,
        string? bound,
        double value)
    {
        text.Append(name);
        var separator = '{';
        foreach (var (key, label) in common.Concat(labels))
        {
            text.Append(separator).Append(key).Append("=\"").Append(EscapeLabel(label)).Append('"');
            separator = ',';
        }

        if (bound is not null)
        {
            text.Append(separator).Append("le=\"").Append(bound).Append('"');
            separator = ',';
        }

        text.Append(separator == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private static string TypeText(PrometheusType type) => type switch
    {
        PrometheusType.Counter => "counter",
        PrometheusType.Histogram => "histogram",
        _ => "gauge",
    };

    private static string EscapeHelp(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}

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
