using System.Diagnostics.Metrics;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace EdgeGateway.Module.Metrics;

/// <summary>Marks a class whose metrics are read at each scrape; the export creates all of them, so that their series exist.</summary>
internal interface IMetricSource;

/// <summary>Exports the meters of the gateway by OpenTelemetry, under the names and labels of docs/metrics.md.</summary>
internal static class MetricsExport
{
    /// <summary>First part of the names of all meters of the gateway.</summary>
    public const string MeterPrefix = "EdgeGateway.";

    /// <summary>
    /// Most series that a metric of the fleet may have had since the start. Its bound at any one time is <see cref="SeriesLimit.MaxSeries"/>, but
    /// OpenTelemetry keeps the place of a series that is gone.
    /// </summary>
    private const int MaxFleetSeries = 4000;

    /// <summary>Adds the export and its page.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="hubHostName">The hub of the settings; null where it comes from the identity of the module.</param>
    public static IServiceCollection AddMetricsExport(this IServiceCollection services, string? hubHostName)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(MeterPrefix + "*")
            .AddPrometheusExporter(exporter =>
            {
                exporter.ScopeInfoEnabled = false;
                exporter.TargetInfoEnabled = false;
                exporter.ResourceConstantLabels = _ => true;
                exporter.ScrapeResponseCacheDurationMilliseconds = 0;
            }));
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) =>
        {
            var factory = provider.GetRequiredService<IMeterFactory>();
            var labels = EdgeLabels(provider.GetRequiredService<IModuleIdentitySource>().Current, hubHostName, Guid.NewGuid());
            metrics
                .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes(labels))
                .AddView(instrument => View(instrument, factory));
        });
        services.AddSingleton<IWebPage, MetricsPage>();
        return services;
    }

    /// <summary>Returns the labels of every series, those that the modules of the IoT Edge runtime carry; what is not known is left out.</summary>
    /// <param name="module">Identity of the module.</param>
    /// <param name="hubHostName">The hub of the settings.</param>
    /// <param name="instance">A number that is new at each start.</param>
    internal static IReadOnlyList<KeyValuePair<string, object>> EdgeLabels(ModuleIdentity? module, string? hubHostName, Guid instance)
    {
        var labels = new List<KeyValuePair<string, object>>();
        if ((module?.HostName ?? hubHostName) is { Length: > 0 } hub)
        {
            labels.Add(new("iothub", hub));
        }

        if (module is not null)
        {
            labels.Add(new("edge_device", module.Identity.DeviceId));
            labels.Add(new("module", module.Identity.ModuleId ?? ""));
        }

        labels.Add(new("instance_number", instance.ToString()));
        return labels;
    }

    /// <summary>Bounds the series of an instrument; leaves out the meters of other hosts, of which a test process has several.</summary>
    private static MetricStreamConfiguration View(Instrument instrument, IMeterFactory factory) =>
        instrument.Meter.Scope is { } scope && !ReferenceEquals(scope, factory) ? MetricStreamConfiguration.Drop
        : new MetricStreamConfiguration
        {
            CardinalityLimit = instrument.Meter.Name == FleetMetrics.MeterName ? MaxFleetSeries : SeriesLimit.MaxSeries + 50,
        };

    /// <summary><c>/metrics</c>, for Prometheus and the metrics collector of IoT Edge.</summary>
    private sealed class MetricsPage(MeterProvider provider, IEnumerable<IMetricSource> sources) : IWebPage
    {
        /// <summary>Held here, as the container creates a source only when it is asked for.</summary>
        private readonly IMetricSource[] _sources = [.. sources];

        public string Path => "/metrics";

        public void Map(IEndpointRouteBuilder endpoints) => endpoints
            .MapPrometheusScrapingEndpoint(Path, provider, configureBranchedPipeline: null, optionsName: null)
            .WithDisplayName($"Metrics of {_sources.Length} sources");
    }
}
