namespace EdgeGateway.Simulators.Mcu.Terminal;

/// <summary>The end of a line that a host can open: a pseudo-terminal or a TCP port. Disposing it unplugs the line.</summary>
internal interface ITerminal : IDisposable
{
    /// <summary>What a host opens: a path, or <c>tcp://127.0.0.1:port</c>.</summary>
    string Port { get; }

    /// <summary>Requests an event with <paramref name="token"/> when the host has written.</summary>
    void Watch(Epoll epoll, int token);

    /// <summary>Reads what the host has written; 0 if there is nothing now.</summary>
    int Read(Span<byte> destination);

    /// <summary>Gives bytes to the host.</summary>
    /// <returns>Bytes taken; the rest did not fit, as in an overrun.</returns>
    int Write(ReadOnlySpan<byte> bytes);
}
