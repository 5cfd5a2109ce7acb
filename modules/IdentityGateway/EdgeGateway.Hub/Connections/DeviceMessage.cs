namespace EdgeGateway.Hub.Connections;

/// <summary>A telemetry or cloud-to-device message.</summary>
/// <param name="Body">Content, at most 256 KB.</param>
/// <param name="Properties">Application and system properties by their IoT Hub names (<c>$.ct</c>, <c>$.ce</c>...).</param>
public sealed record DeviceMessage(ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Properties);
