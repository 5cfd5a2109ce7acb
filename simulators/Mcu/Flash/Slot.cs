namespace EdgeGateway.Simulators.Mcu.Flash;

/// <summary>One of the two places for an image. The values are those of the wire.</summary>
public enum Slot : byte
{
    A = 0,
    B = 1,
}
