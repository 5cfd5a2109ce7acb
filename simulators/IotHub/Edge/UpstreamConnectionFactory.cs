using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>Creates the factory of an edge hub's connections to the hub above: one host, and the edge hub's own token for every client.</summary>
internal static class UpstreamConnectionFactory
{
    public static DeviceConnectionFactory Create(
        EdgeHubOptions options, IHubTransport transport, HubMetrics metrics, TimeProvider time, ILoggerFactory loggers)
    {
        var settings = new HubOptions
        {
            HostName = options.Credentials.HostName,
            GatewayHostName = options.UpstreamHost,
            Port = options.UpstreamPort,
            OperationTimeout = options.CloudTimeout,
            ReportInterval = options.ReportInterval,
            ReconnectMax = options.ReconnectMax,
            RefusedRetryMax = options.ReconnectMax,
            ConnectsPerSecond = 100,
            TwinRefreshInterval = TimeSpan.FromDays(1), // edgeHub reads a twin only for a reason
        };
        return new DeviceConnectionFactory(
            new FixedOptions<HubOptions>(settings), transport, new EdgeTokenProvider(options.Credentials), new NoModule(), metrics, time, Random.Shared, loggers);
    }

    /// <summary>Gives the edge hub's own token for every client: the hub above learns from the auth-chain that the edge hub may speak for it.</summary>
    private sealed class EdgeTokenProvider(EdgeCredentials credentials) : ITokenProvider
    {
        public ValueTask<string> CreateTokenAsync(
            DeviceIdentity identity, string resource, DateTimeOffset expiry, CancellationToken cancellationToken) =>
            ValueTask.FromResult(credentials.CreateToken(expiry));
    }

    /// <summary>States that there is no module identity: an edge hub has credentials of its own.</summary>
    private sealed class NoModule : IModuleIdentitySource
    {
        public ModuleIdentity? Current => null;

        public HubTransport? Transport => null;
    }
}
