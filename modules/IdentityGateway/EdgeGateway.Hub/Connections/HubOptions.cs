using System.ComponentModel.DataAnnotations;

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

    /// <summary>TCP port for MQTT over TLS.</summary>
    /// <value>1 to 65535; default 8883.</value>
    [Range(1, 65535)]
    public int Port { get; set; } = 8883;

    /// <summary>PEM file of the certificate authorities to trust instead of the system's.</summary>
    /// <value>Default: none, the system's roots.</value>
    public string? TrustedCaFile { get; set; }

    /// <summary>Longest wait for an answer of the hub.</summary>
    /// <value>1 s to 5 min; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>MQTT keep-alive: a connection without traffic is tested this often.</summary>
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
}
