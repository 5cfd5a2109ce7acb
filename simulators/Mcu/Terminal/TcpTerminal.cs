using System.Net;
using System.Net.Sockets;

namespace EdgeGateway.Simulators.Mcu.Terminal;

/// <summary>A line behind a TCP port, as behind a serial server: one host at a time, a new one takes over.</summary>
internal sealed class TcpTerminal : ITerminal
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
    private Socket? _host;
    private Epoll? _epoll;
    private int _token;

    /// <param name="endpoint">Where to listen; port 0 takes a free one.</param>
    public TcpTerminal(IPEndPoint endpoint)
    {
        _listener.Bind(endpoint);
        _listener.Listen(1);
        Port = $"tcp://{_listener.LocalEndPoint}";
    }

    public string Port { get; }

    /// <summary>Where it listens, to take it again after a replug.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndPoint!;

    public void Watch(Epoll epoll, int token)
    {
        (_epoll, _token) = (epoll, token);
        epoll.Watch((int)_listener.Handle, token);
    }

    public int Read(Span<byte> destination)
    {
        Accept();
        if (_host is null)
        {
            return 0;
        }

        var count = _host.Receive(destination, SocketFlags.None, out var error);
        if (count > 0 || error == SocketError.WouldBlock)
        {
            return count;
        }

        HangUp();
        return 0;
    }

    public int Write(ReadOnlySpan<byte> bytes)
    {
        var count = _host?.Send(bytes, SocketFlags.None, out _);
        return count ?? 0;
    }

    public void Dispose()
    {
        HangUp();
        _listener.Dispose();
    }

    private void Accept()
    {
        if (!_listener.Poll(0, SelectMode.SelectRead))
        {
            return;
        }

        HangUp();
        _host = _listener.Accept();
        _host.Blocking = false;
        _host.NoDelay = true;
        _epoll?.Watch((int)_host.Handle, _token);
    }

    private void HangUp()
    {
        _host?.Dispose();
        _host = null;
    }
}
