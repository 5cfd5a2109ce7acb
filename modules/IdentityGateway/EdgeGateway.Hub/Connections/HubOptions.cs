using System.ComponentModel.DataAnnotations;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Hub.Connections;

/// <summary>How to reach the hub and how to behave there. Settings section <c>Hub</c>.</summary>
public sealed class HubOptions
{
    /// <summary>Name of the IoT Hub, as in tokens: <c>contoso.azure-devices.net</c>.</summary>
    /// <value>Default: taken from the IoT Edge environment.</value>
    public string? HostName { get; set; }

    /// <summary>
    /// Host to connect to instead of the hub, such as the edgeHub of this device. The hub's own name sends the module straight to the hub too.
    /// </summary>
    /// <value>Default: none, connect to <see cref="HostName"/>.</value>
    public string? GatewayHostName { get; set; }

    /// <summary>What carries MQTT.</summary>
    /// <value>Mqtt or WebSockets; default: what <c>UpstreamProtocol</c> of the environment says (<c>MqttWs</c> and <c>AmqpWs</c>), else Mqtt.</value>
    public HubTransport? Transport { get; set; }

    /// <summary>TCP port.</summary>
    /// <value>1 to 65535; default 8883, for WebSockets 443.</value>
    [Range(1, 65535)]
    public int? Port { get; set; }

    /// <summary>The transport in force.</summary>
    public HubTransport EffectiveTransport => Transport ?? HubTransport.Mqtt;

    /// <summary>The port in force.</summary>
    public int EffectivePort => Port ?? (EffectiveTransport == HubTransport.WebSockets ? 443 : 8883);

    /// <summary>HTTP proxy for WebSockets; the other transport never goes by one. May hold a user and password.</summary>
    /// <value>Default: what <c>https_proxy</c> and <c>no_proxy</c> of the environment say.</value>
    public Uri? ProxyUrl { get; set; }

    /// <summary>PEM file of the certificate authorities to trust instead of the system's.</summary>
    /// <value>Default: none, the system's roots.</value>
    public string? TrustedCaFile { get; set; }

    /// <summary>Longest wait for an answer of the hub.</summary>
    /// <value>1 s to 5 min; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// First wait for the answer to a CONNECT behind a gateway host, doubled at each connect that is not answered up to
    /// <see cref="OperationTimeout"/>. Some edgeHubs lose a CONNECT (see <see cref="GatewayConnectPause"/>).
    /// </summary>
    /// <value>1 s to 5 min; default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan GatewayConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Wait between the TLS handshake with a gateway host and the CONNECT, doubled at each connect that is not answered: edgeHub 1.6.0 and 1.6.1 lose a
    /// CONNECT that arrives together with the end of the handshake. Never towards the hub itself, nor over WebSockets.
    /// </summary>
    /// <value>0 to 5 s; default 200 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan GatewayConnectPause { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Clients that the gateway host takes, as far as is known (<c>MaxConnectedClients</c> of edgeHub): more microcontrollers than that are warned of at start.
    /// </summary>
    /// <value>1 to 1000000; default 100.</value>
    [Range(1, 1_000_000)]
    public int GatewayMaxClients { get; set; } = 100;

    /// <summary>MQTT keep-alive: a connection without traffic is tested this often; over WebSockets at least every 45 s, as proxies close what is silent.</summary>
    /// <value>10 s to 19 min (IoT Hub's limit is 1177 s); default 2 min.</value>
    [Range(typeof(TimeSpan), "00:00:10", "00:19:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Life of a SAS token; it is renewed before it ends.</summary>
    /// <value>1 min to 1 day; default 1 h.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>First upper bound of the random wait before a reconnect; doubled at each failure (full jitter).</summary>
    /// <value>10 ms to 1 min; default 500 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ReconnectBase { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Largest upper bound of the random wait before a reconnect.</summary>
    /// <value>1 s to 1 h; default 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ReconnectMax { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Shortest time between two messages of reported properties of one identity.</summary>
    /// <value>0 to 1 min; default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ReportInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest wait before a reconnect after the hub refused the identity, or another client took it.</summary>
    /// <value>10 s to 1 day; default 5 min.</value>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan RefusedRetryMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Connects begun per second over all identities; IoT Hub throttles from 100 per second on, small edge devices sooner.</summary>
    /// <value>0.1 to 1000; default 20.</value>
    [Range(0.1, 1000.0)]
    public double ConnectsPerSecond { get; set; } = 20;

    /// <summary>Mean time between two reads of the twin while nothing is announced, since announcements can be lost; varied by a fifth.</summary>
    /// <value>1 min to 1 day; default 30 min.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan TwinRefreshInterval { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Folder of what devices have still to report and of their last desired state, for a start without hub. A module's own connection keeps nothing.
    /// </summary>
    /// <value>Default: none, kept in memory only; the module takes <c>outbox</c> in its data folder.</value>
    public string? OutboxFolder { get; set; }

    /// <summary>Most ends of updates of one identity that wait for the hub; beyond, the oldest are folded into later reports.</summary>
    /// <value>1 to 1000; default 32.</value>
    [Range(1, 1000)]
    public int OutboxMaxMilestones { get; set; } = 32;

    /// <summary>Most bytes that wait for the hub for one identity, as JSON; beyond, ends of updates are folded into later reports.</summary>
    /// <value>4096 to 16777216; default 262144.</value>
    [Range(4096, 16_777_216)]
    public int OutboxMaxBytes { get; set; } = 256 * 1024;

    /// <summary>How long reports wait for the hub before they are written to disk. Ends of updates are written at once.</summary>
    /// <value>1 s to 10 min; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan OutboxDelay { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Takes the hub's name and the transport from the module's environment where the settings do not give them.</summary>
internal sealed class HubOptionsDefaults(IModuleIdentitySource module) : IPostConfigureOptions<HubOptions>
{
    public void PostConfigure(string? name, HubOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.HostName))
        {
            options.HostName = module.Current?.HostName;
        }

        options.Transport ??= module.Transport;
    }
}

/// <summary>Rules of <see cref="HubOptions"/> beyond single ranges.</summary>
internal sealed class HubOptionsValidator : IValidateOptions<HubOptions>
{
    public ValidateOptionsResult Validate(string? name, HubOptions options)
    {
        var mistakes = new List<string>();
        if (string.IsNullOrWhiteSpace(options.HostName))
        {
            mistakes.Add("Hub:HostName is not set, and the module has no identity of IoT Edge to take it from; expected is the name of the IoT Hub.");
        }

        CheckHost(nameof(options.HostName), options.HostName);
        CheckHost(nameof(options.GatewayHostName), options.GatewayHostName);
        if (options.ReconnectMax < options.ReconnectBase)
        {
            mistakes.Add($"Hub:ReconnectMax is {options.ReconnectMax}; expected is at least Hub:ReconnectBase, {options.ReconnectBase}.");
        }

        if (options.ProxyUrl is { } proxy && proxy.Scheme is not ("http" or "https"))
        {
            mistakes.Add($"Hub:ProxyUrl has scheme '{proxy.Scheme}'; expected is http or https.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);

        void CheckHost(string key, string? host)
        {
            if (!string.IsNullOrWhiteSpace(host) && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                mistakes.Add($"Hub:{key} is '{host}'; expected is a host name or address, without scheme and port.");
            }
        }
    }
}
