using EdgeGateway.Hub.Connections.Pacing;
using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Hub.Connections;

/// <summary>Makes connections over MQTT that share one gate and one source of tokens.</summary>
/// <remarks>Thread-safe. Options are read when a connection is made.</remarks>
public sealed class DeviceConnectionFactory : IDeviceConnectionFactory
{
    private readonly IOptionsMonitor<HubOptions> _options;
    private readonly IModuleIdentitySource _module;
    private readonly ConnectionServices _services;

    /// <param name="options">How to reach the hub.</param>
    /// <param name="transport">Opens connections.</param>
    /// <param name="tokens">Makes passwords.</param>
    /// <param name="module">The module's own identity, which may live behind a gateway of its own.</param>
    /// <param name="metrics">Counters.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Source of all jitter; a seeded one makes waits repeatable.</param>
    /// <param name="loggers">Makes the log.</param>
    public DeviceConnectionFactory(
        IOptionsMonitor<HubOptions> options, IHubTransport transport, ITokenProvider tokens, IModuleIdentitySource module,
        HubMetrics metrics, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        _options = options;
        _module = module;
        _services = new ConnectionServices(
            transport,
            tokens,
            new ConnectGate(options.CurrentValue.ConnectsPerSecond, time),
            time,
            new Jitter(random),
            () => options.CurrentValue.ReportInterval,
            metrics,
            loggers.CreateLogger<DeviceConnection>());
    }

    public IDeviceConnection Create(DeviceIdentity identity)
    {
        var options = _options.CurrentValue;
        var own = _module.Current is { } module && module.Identity.ToString() == identity.ToString() ? module : null;
        var gateway = string.IsNullOrWhiteSpace(options.GatewayHostName) ? null : options.GatewayHostName; // "" in a deployment means none
        var (port, transport) = (options.EffectivePort, options.EffectiveTransport);
        var endpoint = own is null
            ? new HubEndpoint(options.HostName ?? throw NoHost(), gateway, port, transport)
            : new HubEndpoint(own.HostName, gateway ?? own.GatewayHostName, port, transport);
        return new DeviceConnection(identity, endpoint, options, _services);
    }

    private static InvalidOperationException NoHost() =>
        new($"{nameof(HubOptions)}.{nameof(HubOptions.HostName)} is not set, and there is no IoT Edge environment to take it from.");
}
