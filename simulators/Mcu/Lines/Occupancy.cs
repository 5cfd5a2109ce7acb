namespace EdgeGateway.Simulators.Mcu.Lines;

/// <summary>When bytes are on the wire.</summary>
/// <param name="Start">The first bit begins.</param>
/// <param name="End">The last bit has ended.</param>
public readonly record struct Occupancy(TimeSpan Start, TimeSpan End)
{
    /// <summary>True where both are on the wire at once.</summary>
    public bool Overlaps(Occupancy other) => Start < other.End && other.Start < End;
}
