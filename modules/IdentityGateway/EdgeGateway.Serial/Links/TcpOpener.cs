using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Serial.Links;

/// <summary>Connects to a serial server that passes bytes raw, such as ser2net.</summary>
internal sealed class TcpOpener(string name, LineAddress address, TimeSpan timeout, TimeProvider time, ILogger logger) : ILineOpener
{
    private const int KeepAliveIdleSeconds = 10;
    private const int KeepAliveIntervalSeconds = 5;
    private const int KeepAliveProbes = 3;
    private const int TcpUserTimeout = 18; // include/uapi/linux/tcp.h; .NET has no name for it
    private const int UnacknowledgedMilliseconds = 20_000;

    public async ValueTask<IOpenLine> OpenAsync(CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            NoticeDeadPeer(socket);
            await socket.ConnectAsync(address.Host!, address.TcpPort, either.Token).ConfigureAwait(false);
            return new TcpLine(new LineState(name, logger), socket);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new LinkException(LinkFailure.Missing, $"{name} did not answer within {timeout.TotalSeconds:0.#} s: check host, port and network.", e);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new LinkException(Failure(e.SocketErrorCode), Words(e), e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>An idle peer that vanished is noticed after 25 s, one that takes no bytes after 20 s; by default it would be hours and 15 min.</summary>
    private static void NoticeDeadPeer(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveIdleSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
        socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpUserTimeout, BitConverter.GetBytes(UnacknowledgedMilliseconds));
    }

    private static LinkFailure Failure(SocketError error) => error switch
    {
        SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.TimedOut
            or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown => LinkFailure.Missing,
        SocketError.AccessDenied => LinkFailure.NoPermission,
        _ => LinkFailure.Io,
    };

    private string Words(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => $"Nobody listens at {name}: start the serial server, or correct host and port.",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"The host of {name} has no address: correct its name, or check the name server.",
        _ => $"{name} cannot be reached: {e.Message} ({e.SocketErrorCode}).",
    };
}
