using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections;

/// <summary>Receives what the hub sends to one identity. Calls come one at a time, in order; they must not block for long.</summary>
public interface IDeviceHandler
{
    /// <summary>The twin as the hub has it: after every connect, and after every change of the desired section.</summary>
    ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken);

    /// <summary>A direct method. What is thrown is answered with status 500.</summary>
    ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken);

    /// <summary>The connection came, went, or was refused.</summary>
    ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken);
}

/// <summary>A handler that also takes cloud-to-device messages.</summary>
public interface IMessageHandler : IDeviceHandler
{
    /// <summary>Takes a cloud-to-device message, which is completed at the hub when the call returns.</summary>
    ValueTask OnMessageAsync(DeviceMessage message, CancellationToken cancellationToken);
}

/// <summary>A direct method call.</summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Payload">Argument; null where none was given.</param>
public sealed record MethodRequest(string Name, JsonNode? Payload);

/// <summary>Answer to a direct method.</summary>
/// <param name="Status">As an HTTP status: 200 done, 4xx the caller's mistake, 5xx ours.</param>
/// <param name="Payload">Result; null for none.</param>
public sealed record MethodResponse(int Status, JsonNode? Payload = null);

/// <summary>A telemetry or cloud-to-device message.</summary>
/// <param name="Body">Content, at most 256 KB.</param>
/// <param name="Properties">Application and system properties by their IoT Hub names (<c>$.ct</c>, <c>$.ce</c>...).</param>
public sealed record DeviceMessage(ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Properties);

/// <summary>A twin as read from the hub.</summary>
/// <param name="Desired">Desired properties without <c>$version</c>.</param>
/// <param name="DesiredVersion">Its <c>$version</c>; null where the hub (an edgeHub that never synced) does not know one.</param>
/// <param name="Reported">
/// Reported properties without <c>$version</c>, as they will be once everything that was reported here has arrived.
/// </param>
/// <param name="ReportedVersion">Its <c>$version</c>; null where unknown.</param>
public sealed record TwinDocument(JsonObject Desired, long? DesiredVersion, JsonObject Reported, long? ReportedVersion)
{
    /// <summary>
    /// True where the hub is away and this is the desired state that was last read, in an earlier run; <see cref="Reported"/> is not known then.
    /// </summary>
    public bool IsRemembered { get; init; }
}
