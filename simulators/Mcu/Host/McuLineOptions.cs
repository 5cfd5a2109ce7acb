using EdgeGateway.Simulators.Mcu.Lines;

namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>What kind of line microcontrollers hang on.</summary>
public sealed record McuLineOptions
{
    /// <summary>Rate and faults of both directions; the latency is that of bytes to the host.</summary>
    public LineOptions Line { get; init; } = new();

    /// <summary>One pair of wires for both directions and several nodes.</summary>
    public bool HalfDuplex { get; init; }

    /// <summary>The host hears its own bytes, as with many RS-485 transceivers.</summary>
    public bool Echo { get; init; }

    /// <summary>Bytes the host can write ahead of the wire, as with the buffer of a serial driver.</summary>
    public int TransmitBuffer { get; init; } = 4096;
}
