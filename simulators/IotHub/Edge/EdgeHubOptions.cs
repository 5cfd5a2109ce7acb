namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>Configures an edge hub: where the hub above is, and how edgeHub behaves. Defaults are edgeHub's own.</summary>
public sealed record EdgeHubOptions
{
    /// <summary>Gets the host to connect to: the hub or the edge hub above. Its certificate must contain this name.</summary>
    public required string UpstreamHost { get; init; }

    /// <summary>Gets the port of MQTT over TLS at that host.</summary>
    /// <value>1 to 65535; default 8883.</value>
    public int UpstreamPort { get; init; } = 8883;

    /// <summary>Gets the port of HTTPS at that host, where the edge hub reads the identities of its scope.</summary>
    /// <value>1 to 65535; default 8443.</value>
    public int UpstreamHttpsPort { get; init; } = 8443;

    /// <summary>Gets the PEM file of the certificate authorities to trust at that host.</summary>
    /// <value>Default: none; the authorities of the system are trusted.</value>
    public string? UpstreamCaFile { get; init; }

    /// <summary>Gets the credentials of this edge hub.</summary>
    public required EdgeCredentials Credentials { get; init; }

    /// <summary>Gets the largest number of connected clients, without the edge hub itself. edgeHub: <c>MaxConnectedClients</c>.</summary>
    /// <value>1 or more; default 100.</value>
    public int MaxClients { get; init; } = 100;

    /// <summary>Gets the longest wait for an answer of the hub above. edgeHub: <c>CloudOperationTimeoutSecs</c>.</summary>
    /// <value>1 s to 5 min; default 20 s.</value>
    public TimeSpan CloudTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets how long an identity is not read again after it was read. edgeHub: <c>DeviceScopeCacheRefreshDelaySecs</c>.</summary>
    /// <value>0 or more; default 120 s.</value>
    public TimeSpan ScopeRefreshDelay { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Gets how often all identities are read. edgeHub: <c>DeviceScopeCacheRefreshRateSecs</c>.</summary>
    /// <value>1 min or more; default 1 h.</value>
    public TimeSpan ScopeRefreshInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Gets the shortest time between two reads of a twin after reconnects. edgeHub: <c>MinTwinSyncPeriodSecs</c>.</summary>
    /// <value>0 or more; default 120 s.</value>
    public TimeSpan MinTwinSyncPeriod { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Gets the shortest time between two messages of reported properties of one client. edgeHub: <c>ReportedPropertiesSyncFrequencySecs</c>.</summary>
    /// <value>0 to 1 min; default 5 s.</value>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long a direct method waits for a client that has not subscribed to methods.</summary>
    /// <value>0 to 5 min; default 10 s.</value>
    public TimeSpan MethodConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long a client may take to acknowledge a cloud-to-device message. edgeHub: <c>MessageAckTimeoutSecs</c>.</summary>
    /// <value>1 s or more; default 30 s.</value>
    public TimeSpan MessageAckTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the largest number of queued telemetry messages.</summary>
    /// <value>1 or more; default 10 000. Further messages are not acknowledged.</value>
    public int MaxQueuedMessages { get; init; } = 10_000;

    /// <summary>Gets how long a telemetry message stays queued. edgeHub: <c>timeToLiveSecs</c> of its twin.</summary>
    /// <value>1 s or more; default 2 h.</value>
    public TimeSpan MessageLife { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Gets the longest wait before a reconnect.</summary>
    /// <value>1 s or more; default 15 s.</value>
    public TimeSpan ReconnectMax { get; init; } = TimeSpan.FromSeconds(15);
}
