namespace EdgeGateway.Serial.Links;

/// <summary>Carries bytes to and from a line of any kind: a termios port, a TCP socket, an in-memory pair.</summary>
/// <remarks>
/// One reader and one writer at a time may be under way; they may run at once. A link that failed can be opened again with <see cref="OpenAsync"/>.
/// </remarks>
public interface ISerialLink : IAsyncDisposable
{
    /// <summary>The port as it was configured, for logs and error messages.</summary>
    string Name { get; }

    /// <summary>What the line carries in bytes per second, both ways; null where it is not known (TCP).</summary>
    double? BytesPerSecond { get; }

    /// <summary>True from a successful open until close or failure.</summary>
    bool IsOpen { get; }

    /// <summary>Opens the line and throws away what was received before.</summary>
    /// <exception cref="LinkException">With the reason: missing, busy, not permitted...</exception>
    ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>Waits for bytes and returns how many were read: one at least.</summary>
    /// <exception cref="LinkException">The line is gone (<see cref="LinkFailure.Unplugged"/>) or not open.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Hands all bytes to the line; completes when the last was accepted, not when it has left the wire.</summary>
    /// <remarks>A cancelled write may have handed over some.</remarks>
    /// <exception cref="LinkException">The line is gone or not open.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Closes the line; pending reads and writes fail with <see cref="LinkException"/>. Closing twice is fine.</summary>
    ValueTask CloseAsync();
}

/// <summary>Makes the link a line's settings ask for; tests put their own in its place.</summary>
public interface ISerialLinkFactory
{
    /// <summary>Makes a closed link; nothing is opened or looked up yet.</summary>
    /// <exception cref="LinkException">The settings are wrong (<see cref="LinkFailure.BadSettings"/>).</exception>
    ISerialLink Create(LineOptions options);
}
