namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>What makes the simulator an edge hub: where the hub above is, and how edgeHub behaves. Defaults are edgeHub's own.</summary>
public sealed record EdgeHubOptions
{
    /// <summary>Host to connect to: the hub, or the edge hub above. Its certificate must bear this name.</summary>
    public required string UpstreamHost { get; init; }

    /// <summary>Port of MQTT over TLS there.</summary>
    /// <value>1 to 65535; default 8883.</value>
    public int UpstreamPort { get; init; } = 8883;

    /// <summary>Port of HTTPS there, for the identities of the scope.</summary>
    /// <value>1 to 65535; default 8443.</value>
    public int UpstreamHttpsPort { get; init; } = 8443;

    /// <summary>PEM file of the authorities to trust there.</summary>
    /// <value>Default: none, the system's.</value>
    public string? UpstreamCaFile { get; init; }

    /// <summary>Who this edge hub is.</summary>
    public required EdgeCredentials Credentials { get; init; }

    /// <summary>Clients that may be connected at once, beside the edge hub itself. edgeHub: <c>MaxConnectedClients</c>.</summary>
    /// <value>1 or more; default 100.</value>
    public int MaxClients { get; init; } = 100;

    /// <summary>Longest wait for an answer from above. edgeHub: <c>CloudOperationTimeoutSecs</c>.</summary>
    /// <value>1 s to 5 min; default 20 s.</value>
    public TimeSpan CloudTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an identity that was asked for is not asked for again. edgeHub: <c>DeviceScopeCacheRefreshDelaySecs</c>.</summary>
    /// <value>0 or more; default 120 s.</value>
    public TimeSpan ScopeRefreshDelay { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How often all identities are asked for. edgeHub: <c>DeviceScopeCacheRefreshRateSecs</c>.</summary>
    /// <value>1 min or more; default 1 h.</value>
    public TimeSpan ScopeRefreshInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Shortest time between two reads of a twin because of reconnects. edgeHub: <c>MinTwinSyncPeriodSecs</c>.</summary>
    /// <value>0 or more; default 120 s.</value>
    public TimeSpan MinTwinSyncPeriod { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Shortest time between two messages of reported properties of a client. edgeHub: <c>ReportedPropertiesSyncFrequencySecs</c>.</summary>
    /// <value>0 to 1 min; default 5 s.</value>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a method call from above waits for a client that has not subscribed.</summary>
    /// <value>0 to 5 min; default 10 s.</value>
    public TimeSpan MethodConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to acknowledge a cloud-to-device message. edgeHub: <c>MessageAckTimeoutSecs</c>.</summary>
    /// <value>1 s or more; default 30 s.</value>
    public TimeSpan MessageAckTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Telemetry messages that may wait.</summary>
    /// <value>1 or more; default 10 000. Further ones are not acknowledged.</value>
    public int MaxQueuedMessages { get; init; } = 10_000;

    /// <summary>How long a telemetry message waits. edgeHub: <c>timeToLiveSecs</c> of its twin.</summary>
    /// <value>1 s or more; default 2 h.</value>
    public TimeSpan MessageLife { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Largest wait before a reconnect.</summary>
    /// <value>1 s or more; default 15 s.</value>
    public TimeSpan ReconnectMax { get; init; } = TimeSpan.FromSeconds(15);
}
