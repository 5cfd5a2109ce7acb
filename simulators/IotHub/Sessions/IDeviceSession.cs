using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Sessions;

/// <summary>The session of a connected device or module, independent of its protocol.</summary>
public interface IDeviceSession
{
    IdentityName Name { get; }

    /// <summary>Address of the client.</summary>
    string Remote { get; }

    DateTimeOffset ConnectedAt { get; }

    /// <summary>Gets whether the device has subscribed to direct methods.</summary>
    bool AcceptsMethods { get; }

    /// <summary>Gets whether the device has subscribed to cloud-to-device messages.</summary>
    bool AcceptsMessages { get; }

    /// <summary>Calls a direct method on the device.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the session ended, before the answer.</exception>
    Task<MethodResult> InvokeAsync(string method, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Ends the session at once; later packets are not handled.</summary>
    void Drop(SessionEnd reason);
}

/// <summary>Why a session ended.</summary>
public enum SessionEnd
{
    /// <summary>The client sent DISCONNECT.</summary>
    Disconnected,

    /// <summary>The connection broke.</summary>
    ConnectionLost,

    /// <summary>Another client connected with the identity.</summary>
    Replaced,

    /// <summary>The client sent nothing for one and a half keep-alive times.</summary>
    KeepAliveExpired,

    /// <summary>The token expired.</summary>
    TokenExpired,

    /// <summary>The identity was disabled or deleted, or its keys changed.</summary>
    Revoked,

    /// <summary>The client broke a rule of MQTT or of the hub.</summary>
    ProtocolError,

    /// <summary>The client does not read what is sent to it.</summary>
    TooSlow,

    /// <summary>The simulator's own API asked for it.</summary>
    DroppedByRequest,

    /// <summary>The limit of clients of an edge hub is reached.</summary>
    TooManyClients,

    /// <summary>The hub was switched offline, or stops.</summary>
    HubOffline,
}
