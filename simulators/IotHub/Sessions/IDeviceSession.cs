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
    bool AcceptsCommands { get; }

    /// <summary>Calls a direct method on the device.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the session ended, before the answer.</exception>
    Task<MethodAnswer> InvokeAsync(string method, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Ends the session at once; nothing it sent is handled after this.</summary>
    void Drop(SessionEnd reason);
}
