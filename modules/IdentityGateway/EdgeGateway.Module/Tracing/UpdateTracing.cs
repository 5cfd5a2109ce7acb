using System.Collections;
using EdgeGateway.Hub.Identity;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EdgeGateway.Module.Tracing;

/// <summary>
/// Exports the traces of updates, one span for each update and each of its phases, by OTLP. Off unless the standard environment variable
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>) names a receiver; the other <c>OTEL_*</c> variables apply too.
/// </summary>
internal static class UpdateTracing
{
    /// <summary>Name of the source of activities in EdgeGateway.Firmware.</summary>
    public const string SourceName = "EdgeGateway.Updates";

    /// <summary>Prefix of the standard variables of OpenTelemetry.</summary>
    private const string Prefix = "OTEL_";

    /// <summary>Adds the export where a receiver is named.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configuration">Takes the variables: the exporter reads its options there.</param>
    /// <param name="environment">Environment variables of the process.</param>
    public static IServiceCollection AddUpdateTracing(
        this IServiceCollection services, IConfigurationBuilder configuration, IDictionary environment)
    {
        var variables = environment.Keys.OfType<string>()
            .Where(k => k.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(k => k, k => environment[k] as string);
        if (!IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") && !IsSet("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))
        {
            return services;
        }

        configuration.AddInMemoryCollection(variables);
        services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(SourceName).AddOtlpExporter());
        services.ConfigureOpenTelemetryTracerProvider((provider, tracing) => tracing.SetResourceBuilder(
            ResourceBuilder.CreateEmpty()
                .AddService("EdgeGateway", serviceVersion: ProductVersion.Text)
                .AddAttributes(Module(provider.GetRequiredService<IModuleIdentitySource>().Current))
                .AddEnvironmentVariableDetector()));
        return services;

        bool IsSet(string name) => variables.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value);
    }

    private static IEnumerable<KeyValuePair<string, object>> Module(ModuleIdentity? module) => module is null ? [] :
    [
        new("edge_device", module.Identity.DeviceId),
        new("module", module.Identity.ModuleId ?? ""),
    ];
}
