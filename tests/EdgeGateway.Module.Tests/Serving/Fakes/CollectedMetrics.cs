using EdgeGateway.Module.Metrics;

namespace EdgeGateway.Module.Tests.Serving.Fakes;

/// <summary>Looks up what was counted.</summary>
internal sealed class CollectedMetrics(MetricsCollector collector)
{
    /// <summary>Sum over the series of a metric one of whose labels has the value; over all of them for the empty text.</summary>
    public double Sum(string name, string label)
    {
        var sum = 0d;
        foreach (var family in collector.Collect().Where(f => f.Name == name))
        {
            family.Read(series => sum += label.Length == 0 || series.Labels.Any(l => l.Value == label) ? series.Value : 0);
        }

        return sum;
    }
}
