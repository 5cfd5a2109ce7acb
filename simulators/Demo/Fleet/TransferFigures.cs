namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>What the last transfer to a microcontroller cost, as the gateway measured it.</summary>
/// <param name="Bytes">Image bytes the microcontroller took in this transfer.</param>
/// <param name="Seconds">From the first byte sent to the last acknowledgement.</param>
/// <param name="RetransmittedBytes">Image bytes sent more than once.</param>
/// <param name="ResumedAt">Offset of the first byte sent: above zero where an earlier transfer was gone on with.</param>
public sealed record TransferFigures(long Bytes, double Seconds, long RetransmittedBytes, long ResumedAt);
