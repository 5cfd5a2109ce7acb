namespace EdgeGateway.Serial.Drivers;

/// <summary>What a transfer cost.</summary>
/// <param name="StartedAt">Offset of the first byte sent: above zero where an earlier transfer was resumed.</param>
/// <param name="PayloadBytes">Image bytes the microcontroller took in this transfer.</param>
/// <param name="RetransmittedBytes">Image bytes that were sent more than once.</param>
/// <param name="LineBytes">Bytes put on the wire, frames and repeats included.</param>
/// <param name="Duration">From the first byte sent to the last acknowledgement.</param>
public sealed record TransferSummary(long StartedAt, long PayloadBytes, long RetransmittedBytes, long LineBytes, TimeSpan Duration);
