namespace EdgeGateway.Simulators.Mcu.Flash.Metadata;

/// <summary>An image that was activated and is not confirmed.</summary>
/// <param name="Slot">Where it is.</param>
/// <param name="Seconds">Time it has to be confirmed, from its first instruction.</param>
/// <param name="Boots">Times it was booted.</param>
public sealed record TrialRecord(Slot Slot, ushort Seconds, byte Boots);
