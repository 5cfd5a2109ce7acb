namespace EdgeGateway.Serial.Links;

/// <summary>A line from one open to its close or failure; <see cref="ReopenableLink"/> makes a link of a row of them.</summary>
internal interface IOpenLine
{
    /// <summary>False once the line failed or was closed; it never comes back.</summary>
    bool IsAlive { get; }

    /// <inheritdoc cref="ISerialLink.ReadAsync"/>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <inheritdoc cref="ISerialLink.WriteAsync"/>
    ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Closes the line for any reason, and completes when the system has it back.</summary>
    /// <remarks>Pending operations fail with <see cref="LinkFailure.Closed"/>.</remarks>
    ValueTask CloseAsync();
}

/// <summary>Opens one kind of line: a serial port, a TCP connection, an in-memory pair.</summary>
internal interface ILineOpener
{
    /// <exception cref="LinkException">The line cannot be opened.</exception>
    ValueTask<IOpenLine> OpenAsync(CancellationToken cancellationToken);
}
