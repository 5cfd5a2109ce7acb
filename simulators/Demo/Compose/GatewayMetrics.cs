using System.Globalization;
using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Compose;

/// <summary>What the gateway has used, by its own metrics (docs/metrics.md).</summary>
public static class GatewayMetrics
{
    private const string Cpu = "edgegateway_process_cpu_seconds_total";
    private const string Memory = "edgegateway_process_memory_bytes";

    /// <param name="page">The page of metrics.</param>
    /// <exception cref="DemoFailedException">A metric is not there.</exception>
    public static ProcessUsage Read(string page) => new(TimeSpan.FromSeconds(Value(page, Cpu)), (long)Value(page, Memory));

    private static double Value(string page, string name)
    {
        var line = page.Split('\n').FirstOrDefault(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is not null && double.TryParse(line.TrimEnd().Split(' ')[^1], CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new DemoFailedException($"the gateway's metrics lack {name}");
    }
}
