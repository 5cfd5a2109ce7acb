using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace EdgeGateway.Serial.Links;

/// <summary>A TCP connection to a serial server from open to close.</summary>
internal sealed class TcpLine(LineState state, Socket socket) : IOpenLine
{
    public bool IsAlive => state.IsAlive;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        state.ThrowIfEnded();
        int read;
        try
        {
            read = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Failed(e);
        }

        return read > 0 ? read : throw Failed(null);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        state.ThrowIfEnded();
        try
        {
            while (!buffer.IsEmpty)
            {
                buffer = buffer[await socket.SendAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Failed(e);
        }
    }

    public ValueTask CloseAsync()
    {
        state.TryClose();
        socket.Dispose();
        return default;
    }

    private LinkException Failed(Exception? cause)
    {
        var socketError = (cause as SocketException)?.SocketErrorCode;
        var unplugged = socketError is null or SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown
            or SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown;
        state.TryEnd(
            unplugged ? LinkFailure.Unplugged : LinkFailure.Io,
            socketError is null ? $"{state.Name} closed the connection." : $"The connection to {state.Name} is lost: {cause!.Message} ({socketError}).",
            cause);
        socket.Dispose();
        return state.ToException();
    }
}
