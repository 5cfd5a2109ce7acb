using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Sessions;

/// <summary>A connected device or module, whatever protocol it speaks.</summary>
public interface IDeviceSession
{
    IdentityName Name { get; }

    /// <summary>Address of the client.</summary>
    string Remote { get; }

    DateTimeOffset ConnectedAt { get; }

    /// <summary>The device has subscribed to direct methods.</summary>
    bool AcceptsMethods { get; }

    /// <summary>The device has subscribed to cloud-to-device messages.</summary>
    bool AcceptsMessages { get; }

    /// <summary>Calls a direct method on the device.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the session ended, before the answer.</exception>
    Task<MethodResult> InvokeAsync(string method, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Ends the session at once; nothing it sent is handled after this.</summary>
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
    TooManyClients,

    /// <summary>The hub was switched offline, or stops.</summary>
    HubOffline,
}
