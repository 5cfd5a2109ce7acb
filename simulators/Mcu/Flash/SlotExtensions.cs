namespace EdgeGateway.Simulators.Mcu.Flash;

/// <summary>Words about slots.</summary>
public static class SlotExtensions
{
    /// <summary>The other of the two slots.</summary>
    public static Slot Other(this Slot slot) => slot == Slot.A ? Slot.B : Slot.A;
}
