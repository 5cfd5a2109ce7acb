namespace EdgeGateway.Benchmarks.Serial;

/// <summary>A line to be measured on.</summary>
/// <param name="Baud">Bits per second, 8N1.</param>
/// <param name="TurnaroundMilliseconds">Delay of every byte on its way back to the sender, as by a USB adapter.</param>
/// <param name="BitErrorRate">Share of flipped bits, both ways.</param>
internal sealed record SerialCase(int Baud, double TurnaroundMilliseconds, double BitErrorRate)
{
    private const int BitsPerCharacter = 10;
    private const int SlowBaud = 115_200;

    /// <summary>True where many such lines can be measured at once without being in each other's way.</summary>
    public bool IsSlow => Baud <= SlowBaud;

    public double BytesPerSecond => (double)Baud / BitsPerCharacter;
}
