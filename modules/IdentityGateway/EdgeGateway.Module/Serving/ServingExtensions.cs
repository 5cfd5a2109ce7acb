using EdgeGateway.Content;
using EdgeGateway.Content.Sources.Paths;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Serving.Access;
using EdgeGateway.Module.Serving.Certificates;
using EdgeGateway.Module.Serving.Requests;

namespace EdgeGateway.Module.Serving;

/// <summary>Puts the content endpoint together.</summary>
internal static class ServingExtensions
{
    /// <summary>Adds the endpoint where it is enabled; its metrics always, so that there is one list of metrics.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="options">What to serve, and how.</param>
    /// <param name="hub">The settings of the hub, whose name is in tokens.</param>
    public static IServiceCollection AddContentEndpoint(this IServiceCollection services, EndpointOptions options, HubOptions hub)
    {
        services.AddSingleton<EndpointMetrics>();
        services.AddSingleton<IMetricSource>(s => s.GetRequiredService<EndpointMetrics>());
        if (!options.Enabled)
        {
            return services;
        }

        services.AddSingleton(s => new CertificateKeeper(
            CertificateSource(options, s.GetRequiredService<IModuleIdentitySource>().Current, s.GetRequiredService<TimeProvider>()),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<CertificateKeeper>>()));
        services.AddSingleton(s => new TlsSetup(
            s.GetRequiredService<CertificateKeeper>(), Trust(options, hub, s.GetRequiredService<IModuleIdentitySource>().Current, s.GetRequiredService<TimeProvider>())));
        services.AddSingleton(s => Access(
            options, s.GetRequiredService<IModuleIdentitySource>().Current?.HostName ?? hub.HostName ?? "", s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new KestrelFactory(options, s.GetRequiredService<TlsSetup>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(s => new EndpointApplication(
            s.GetRequiredService<ChildAccess>(),
            new RequestReader(new OriginList(options.AllowedOrigins)),
            new RequestLimit(options.MaxRequestsPerChild),
            new ContentResponder(s.GetRequiredService<IContentCache>(), s.GetRequiredService<TimeProvider>()),
            s.GetRequiredService<GatewayInstance>(),
            s.GetRequiredService<EndpointMetrics>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<EndpointApplication>>()));
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<ContentServer>(s, options));
        services.AddHealthChecks().AddCheck<EndpointReadiness>(EndpointReadiness.Name, tags: [HealthTags.Ready]);
        services.AddHostedService(s => s.GetRequiredService<ContentServer>());
        return services;
    }

    private static ICertificateSource CertificateSource(EndpointOptions options, ModuleIdentity? module, TimeProvider time) =>
        options is { CertificateFile: { Length: > 0 } certificate, CertificateKeyFile: { Length: > 0 } key } ? new FileCertificateSource(certificate, key)
        : module?.Workload is { } workload && HostName(options, module) is { } host ? new WorkloadCertificateSource(workload, host, time)
        : new NoCertificateSource();

    private static string? HostName(EndpointOptions options, ModuleIdentity module) =>
        string.IsNullOrEmpty(options.HostName) ? module.GatewayHostName : options.HostName;

    private static ChildTrust? Trust(EndpointOptions options, HubOptions hub, ModuleIdentity? module, TimeProvider time)
    {
        var source = string.IsNullOrEmpty(options.TrustedCaFile) ? module?.GatewayTrust : new FileTrustSource(options.TrustedCaFile);
        var self = new HubEndpoint(module?.HostName ?? hub.HostName ?? "", options.HostName ?? module?.GatewayHostName, options.HttpsPort);
        return options.Children.Count == 0 || source is null ? null : new ChildTrust(source, self, time);
    }

    private static ChildAccess Access(EndpointOptions options, string hub, TimeProvider time)
    {
        var keys = new List<IKeySource>();
        if (!string.IsNullOrEmpty(options.ChildKeysFile))
        {
            keys.Add(new KeysFile(options.ChildKeysFile));
        }

        if (!string.IsNullOrEmpty(options.ChildGroupKeyFile))
        {
            keys.Add(new GroupKeyFile(options.ChildGroupKeyFile));
        }

        return new ChildAccess(
            new TokenAccess(hub, keys, time), new CertificateAccess(hub, time), [.. options.Children.Select(ChildId.TryParse).OfType<ChildId>()]);
    }
}
