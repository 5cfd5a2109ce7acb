using System.Diagnostics.Metrics;
using System.Text;

namespace EdgeGateway.Module.Metrics;

/// <summary>Turns the name and unit of an instrument into a name by the conventions of Prometheus.</summary>
internal static class PrometheusName
{
    /// <summary>Name of a metric: lower snake case, unit behind it, <c>_total</c> behind counters.</summary>
    public static string Of(Instrument instrument)
    {
        var name = Snake(instrument.Name);
        name = WithSuffix(name, instrument.Unit switch
        {
            "By" => "_bytes",
            "s" => "_seconds",
            "By/s" => "_bytes_per_second",
            _ => "",
        });
        return TypeOf(instrument) == PrometheusType.Counter ? WithSuffix(name, "_total") : name;
    }

    /// <summary>Name of a label.</summary>
    public static string OfLabel(string key) => Snake(key);

    /// <summary>What the instrument is to Prometheus.</summary>
    public static PrometheusType TypeOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var kind = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) ? PrometheusType.Counter
            : kind == typeof(Histogram<>) ? PrometheusType.Histogram
            : PrometheusType.Gauge;
    }

    private static string WithSuffix(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) ? name : name + suffix;

    private static string Snake(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            result.Append(char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_');
        }

        return result.Length > 0 && char.IsAsciiDigit(result[0]) ? "_" + result : result.ToString();
    }
}

/// <summary>Types of metrics in the text format of Prometheus.</summary>
internal enum PrometheusType
{
    /// <summary>Only grows, from the start of the process.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts observations below bounds.</summary>
    Histogram,
}
