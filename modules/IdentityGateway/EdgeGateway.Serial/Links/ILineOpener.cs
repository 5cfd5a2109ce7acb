namespace EdgeGateway.Serial.Links;

/// <summary>Opens one kind of line: a serial port, a TCP connection, an in-memory pair.</summary>
internal interface ILineOpener
{
    /// <exception cref="LinkException">The line cannot be opened.</exception>
    ValueTask<IOpenLine> OpenAsync(CancellationToken cancellationToken);
}
