namespace EdgeGateway.Simulators.IotHub.Sessions;

/// <summary>Why a session ended.</summary>
public enum SessionEnd
{
    /// <summary>The client sent DISCONNECT.</summary>
    Disconnected,

    /// <summary>The connection broke.</summary>
    ConnectionLost,

    /// <summary>Another client connected with the identity.</summary>
    Replaced,

    /// <summary>Nothing was heard for one and a half keep-alive times.</summary>
    KeepAliveExpired,

    /// <summary>The token's time was over.</summary>
    TokenExpired,

    /// <summary>The identity was disabled, deleted or given other keys.</summary>
    Revoked,

    /// <summary>The client broke a rule of MQTT or of the hub.</summary>
    ProtocolError,

    /// <summary>The client does not read what is sent to it.</summary>
    TooSlow,

    /// <summary>Asked for through the simulator's own API.</summary>
    DroppedByRequest,

    /// <summary>As many other clients are connected as an edge hub takes.</summary>
    NoRoom,

    /// <summary>The hub was switched offline, or stops.</summary>
    HubOffline,
}
