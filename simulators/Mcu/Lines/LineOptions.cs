namespace EdgeGateway.Simulators.Mcu.Lines;

/// <summary>How one direction of a serial line behaves.</summary>
public sealed record LineOptions
{
    /// <summary>Bits per second; 0 = bytes arrive as soon as they are sent.</summary>
    public int Baud { get; init; } = 115200;

    /// <summary>Bit times a character takes: start, data, parity and stop bits. 10 for 8N1.</summary>
    public int BitsPerCharacter { get; init; } = 10;

    /// <summary>How long after it left the sender a byte is handed over, as by the latency timer of a USB adapter.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Share of data bits that arrive flipped, 0 to 1.</summary>
    public double BitErrorRate { get; init; }

    /// <summary>Share of bytes that never arrive, 0 to 1.</summary>
    public double LostRate { get; init; }

    /// <summary>Share of bytes that arrive twice, 0 to 1.</summary>
    public double DoubledRate { get; init; }

    /// <summary>Spurious bytes per byte sent, 0 to 1.</summary>
    public double InsertedRate { get; init; }

    /// <summary>Time one character takes on the wire; zero on an unpaced line.</summary>
    public TimeSpan CharacterTime => Baud == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(TimeSpan.TicksPerSecond * BitsPerCharacter / Baud);
}
