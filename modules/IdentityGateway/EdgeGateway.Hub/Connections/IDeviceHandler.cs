namespace EdgeGateway.Hub.Connections;

/// <summary>Receives what the hub sends to one identity. Calls come one at a time, in order; they must not block for long.</summary>
public interface IDeviceHandler
{
    /// <summary>The twin as the hub has it: after every connect, and after every change of the desired section.</summary>
    ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken);

    /// <summary>A direct method. What is thrown is answered with status 500.</summary>
    ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken);

    /// <summary>A cloud-to-device message; it is completed at the hub when the call returns.</summary>
    ValueTask OnMessageAsync(DeviceMessage message, CancellationToken cancellationToken);

    /// <summary>The connection came, went, or was refused.</summary>
    ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken);
}
