namespace EdgeGateway.Simulators.IotHub.Edge.Outgoing;

/// <summary>A telemetry message that the hub above does not have yet.</summary>
/// <param name="Sequence">Order of arrival.</param>
/// <param name="At">When it came.</param>
/// <param name="Body">Content.</param>
/// <param name="Properties">Application and system properties.</param>
internal sealed record WaitingMessage(
    long Sequence, DateTimeOffset At, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Properties);
