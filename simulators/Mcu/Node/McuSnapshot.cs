using EdgeGateway.Serial;
using EdgeGateway.Simulators.Mcu.Flash;

namespace EdgeGateway.Simulators.Mcu.Node;

/// <summary>The truth about a microcontroller, from inside: what a twin only claims.</summary>
public sealed record McuSnapshot
{
    public required string Id { get; init; }

    public required string SerialNumber { get; init; }

    /// <summary>Version of the image that runs, or ran when the power went; empty in recovery.</summary>
    public required string RunningVersion { get; init; }

    /// <summary>Digest of that image; unknown in recovery.</summary>
    public required Sha256Digest RunningDigest { get; init; }

    /// <summary>Slot of that image; null in recovery.</summary>
    public required Slot? RunningSlot { get; init; }

    public required BootState BootState { get; init; }

    /// <summary>Resets so far.</summary>
    public required uint BootCount { get; init; }

    /// <summary>It has power.</summary>
    public required bool Powered { get; init; }

    /// <summary>It has booted and hears.</summary>
    public required bool IsUp { get; init; }
}
