namespace EdgeGateway.Serial.Drivers.Egp;

/// <summary>Counts the frames sent to one node, modulo 256; it goes on across drivers so that a late answer is not mistaken for a fresh one.</summary>
internal sealed class SequenceCounter
{
    /// <summary>Sequence of the next frame.</summary>
    public byte Next { get; set; }

    public byte Take() => Next++;
}
