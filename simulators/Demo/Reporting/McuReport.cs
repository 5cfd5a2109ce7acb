namespace EdgeGateway.Simulators.Demo.Reporting;

/// <summary>How the update of one microcontroller went. Figures are those of the last transfer; null where none was reported.</summary>
/// <param name="Id">Its id.</param>
/// <param name="From">Version it ran before.</param>
/// <param name="To">Version it runs now.</param>
/// <param name="State">"succeeded", or where the update stands otherwise.</param>
/// <param name="Bytes">Image bytes it took in the transfer.</param>
/// <param name="Seconds">Duration of the transfer.</param>
/// <param name="LineBytesPerSecond">Bytes the line can carry in a second: baud / 10.</param>
/// <param name="Efficiency">Image bytes a second, as a share of <paramref name="LineBytesPerSecond"/>.</param>
/// <param name="RetransmittedBytes">Image bytes sent more than once.</param>
/// <param name="ResumedAt">Offset the transfer began at; above zero where it went on with an earlier one.</param>
/// <param name="Problem">Why it did not succeed.</param>
public sealed record McuReport(
    string Id,
    string From,
    string To,
    string State,
    long? Bytes,
    double? Seconds,
    double LineBytesPerSecond,
    double? Efficiency,
    long? RetransmittedBytes,
    long? ResumedAt,
    string? Problem);
