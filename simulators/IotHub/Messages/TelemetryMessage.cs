using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Messages;

/// <summary>A device-to-cloud message the hub has accepted.</summary>
/// <param name="Sender">Who sent it.</param>
/// <param name="Body">At most 256 KB.</param>
/// <param name="Properties">Application and system properties by their names in the topic.</param>
/// <param name="EnqueuedAt">When it arrived.</param>
public sealed record TelemetryMessage(
    IdentityName Sender, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Properties, DateTimeOffset EnqueuedAt);
