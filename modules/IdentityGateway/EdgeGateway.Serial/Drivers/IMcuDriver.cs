using EdgeGateway.Serial.Links;

namespace EdgeGateway.Serial.Drivers;

/// <summary>
/// Operates one microcontroller over any bootloader protocol. A driver is obtained from <see cref="IMcuPort.ConnectAsync"/>, holds the bus
/// while it lives, and gives it back when it is disposed.
/// </summary>
/// <remarks>
/// Not thread-safe: one call at a time. All calls throw <see cref="McuException"/> when the microcontroller refuses or is silent and
/// <see cref="LinkException"/> when the line fails; both leave what boots untouched.
/// </remarks>
public interface IMcuDriver : IAsyncDisposable
{
    /// <summary>Reads what the microcontroller is and runs, in this session.</summary>
    Task<McuFacts> IdentifyAsync(CancellationToken cancellationToken);

    /// <summary>Asks for a sign of life.</summary>
    Task<Heartbeat> PingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Announces size, digest and target and returns how many leading bytes the microcontroller already holds, proven to be those of
    /// <paramref name="image"/>. Erases nothing.
    /// </summary>
    Task<long> OfferAsync(IFirmwareImage image, FirmwareTarget target, CancellationToken cancellationToken);

    /// <summary>Sends the image from <paramref name="offset"/> (what <see cref="OfferAsync"/> returned, or 0 to start over) to its end.</summary>
    /// <returns>What the transfer cost.</returns>
    Task<TransferSummary> TransferAsync(
        IFirmwareImage image, long offset, IProgress<TransferProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Lets the microcontroller compute the digest of what it holds and compare it with what was announced.</summary>
    Task VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Boots the verified image on trial. Returns when the microcontroller has accepted or can no longer be asked: identify it to know.</summary>
    /// <param name="trial">How long the new image has to be confirmed, 1 s to 65535 s.</param>
    /// <param name="cancellationToken">Ends the wait for the answer, not the trial.</param>
    Task ActivateAsync(TimeSpan trial, CancellationToken cancellationToken);

    /// <summary>Makes the image on trial permanent if its digest is <paramref name="digest"/>.</summary>
    Task ConfirmAsync(Sha256Digest digest, CancellationToken cancellationToken);

    /// <summary>Goes back to the image before.</summary>
    Task RollBackAsync(CancellationToken cancellationToken);

    /// <summary>Ends an unfinished transfer; what was sent may be resumed later.</summary>
    Task AbortAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Restarts the microcontroller, once. Returns when it has accepted or can no longer be asked. On trial it refuses, as it would lose the
    /// new image.
    /// </summary>
    /// <exception cref="McuException"><see cref="McuFailure.NotSupported"/> where it cannot restart itself.</exception>
    Task RebootAsync(CancellationToken cancellationToken);

    /// <summary>Makes the board indicate itself, such as by a light, for a person in front of it.</summary>
    /// <param name="time">How long from now, 0 s (to end it) to 65535 s.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <exception cref="McuException"><see cref="McuFailure.NotSupported"/> where it has no such means.</exception>
    Task IndicateAsync(TimeSpan time, CancellationToken cancellationToken);
}

/// <summary>Which microcontrollers an image is for, and what it will be called once it runs.</summary>
/// <param name="Vendor">Vendor of the microcontroller, as in its facts.</param>
/// <param name="Model">Class of the microcontroller, as in its facts.</param>
/// <param name="Version">Version of the image.</param>
public sealed record FirmwareTarget(string Vendor, string Model, string Version);

/// <summary>How far a transfer is.</summary>
/// <param name="Acknowledged">Leading bytes of the image that the microcontroller holds.</param>
/// <param name="Size">Bytes of the image.</param>
public readonly record struct TransferProgress(long Acknowledged, long Size);

/// <summary>What a transfer cost.</summary>
/// <param name="StartedAt">Offset of the first byte sent: above zero where an earlier transfer was resumed.</param>
/// <param name="PayloadBytes">Image bytes the microcontroller took in this transfer.</param>
/// <param name="RetransmittedBytes">Image bytes that were sent more than once.</param>
/// <param name="LineBytes">Bytes put on the wire, frames and repeats included.</param>
/// <param name="Duration">From the first byte sent to the last acknowledgement.</param>
public sealed record TransferSummary(long StartedAt, long PayloadBytes, long RetransmittedBytes, long LineBytes, TimeSpan Duration);

/// <summary>A sign of life of a microcontroller.</summary>
/// <param name="Uptime">Time since its last reset, in whole seconds.</param>
/// <param name="BootState">How the running image came to run.</param>
/// <param name="BootCount">Resets so far.</param>
public sealed record Heartbeat(TimeSpan Uptime, BootState BootState, long BootCount);

/// <summary>The way to one microcontroller: its line and its address on it.</summary>
public interface IMcuPort
{
    /// <summary>The line as configured, for logs and messages.</summary>
    string LineName { get; }

    /// <summary>Waits until the bus is free, opens the line if need be, and returns the driver that holds the bus until it is disposed.</summary>
    /// <exception cref="LinkException">The line cannot be opened; the bus is free again.</exception>
    Task<IMcuDriver> ConnectAsync(CancellationToken cancellationToken);
}
