namespace EdgeGateway.Simulators.Mcu.Lines;

/// <summary>
/// Bytes that leave a sender without a pause. The times of all of them are counted from the start of the burst, so the rate is exact however long it
/// lasts and however seldom the line is observed.
/// </summary>
internal sealed class Burst(TimeSpan start, LineOptions options)
{
    private readonly long _ticksPerCharacterTimesBaud = options.BitsPerCharacter * TimeSpan.TicksPerSecond;

    /// <summary>Bytes of the burst so far.</summary>
    public long Count { get; set; }

    /// <summary>Bytes already handed over.</summary>
    public long Taken { get; set; }

    /// <summary>When the last byte has left.</summary>
    public TimeSpan End => Departure(Count - 1);

    /// <summary>When byte <paramref name="index"/> has left the sender.</summary>
    public TimeSpan Departure(long index) => options.Baud == 0
        ? start
        : start + TimeSpan.FromTicks((((index + 1) * _ticksPerCharacterTimesBaud) + options.Baud - 1) / options.Baud);

    /// <summary>How many bytes have left at <paramref name="time"/>.</summary>
    public long DepartedAt(TimeSpan time)
    {
        if (time < start)
        {
            return 0;
        }

        return time >= End ? Count : (time - start).Ticks * options.Baud / _ticksPerCharacterTimesBaud;
    }
}
