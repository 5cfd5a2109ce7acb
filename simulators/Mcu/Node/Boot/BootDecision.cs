using EdgeGateway.Serial;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Flash.Metadata;

namespace EdgeGateway.Simulators.Mcu.Node.Boot;

/// <summary>What the loader boots.</summary>
/// <param name="Slot">Slot of the image; null in recovery.</param>
/// <param name="Image">The image; null in recovery.</param>
/// <param name="State">How it came to run.</param>
/// <param name="Trial">Time the image has to be confirmed; null where it need not be.</param>
public sealed record BootDecision(Slot? Slot, SlotImage? Image, BootState State, TimeSpan? Trial)
{
    /// <summary>No image boots.</summary>
    public static readonly BootDecision Recovery = new(null, null, BootState.Recovery, null);
}
