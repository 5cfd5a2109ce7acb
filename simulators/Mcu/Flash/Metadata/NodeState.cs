namespace EdgeGateway.Simulators.Mcu.Flash.Metadata;

/// <summary>All that a node knows after a loss of power.</summary>
public sealed record NodeState
{
    /// <summary>The slot whose image is confirmed.</summary>
    public Slot Active { get; init; }

    /// <summary>The whole image in slot A; null if there is none.</summary>
    public SlotImage? ImageA { get; init; }

    /// <summary>The whole image in slot B; null if there is none.</summary>
    public SlotImage? ImageB { get; init; }

    /// <summary>The image on probation; null if there is none.</summary>
    public TrialRecord? Trial { get; init; }

    /// <summary>The image that should have come after <see cref="Active"/> was given up.</summary>
    public bool RolledBack { get; init; }

    /// <summary>The image being received; null if there is none.</summary>
    public PartialImage? Partial { get; init; }

    /// <summary>Resets so far.</summary>
    public uint BootCount { get; init; }

    /// <summary>The whole image in a slot; null if there is none.</summary>
    public SlotImage? Image(Slot slot) => slot == Slot.A ? ImageA : ImageB;

    /// <summary>The same with another image in a slot.</summary>
    public NodeState WithImage(Slot slot, SlotImage? image) => slot == Slot.A ? this with { ImageA = image } : this with { ImageB = image };
}
