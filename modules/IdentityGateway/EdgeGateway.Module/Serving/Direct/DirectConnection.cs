using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Module.Serving.Direct;

/// <summary>
/// A connection of plain HTTP on which files are sent by the kernel: half the work of reading them here and writing them there. A feature of
/// the connection, so that a request finds it.
/// </summary>
/// <param name="socket">The connection's socket.</param>
/// <param name="connection">The connection, to end it where the reader is too slow.</param>
/// <param name="leastRate">Least bytes per second that a reader takes.</param>
/// <param name="time">The clock.</param>
internal sealed class DirectConnection(Socket socket, ConnectionContext connection, int leastRate, TimeProvider time) : IDuplexPipe
{
    /// <summary>Bytes that the kernel is asked to send at once.</summary>
    private const int StretchSize = 1 << 20;

    /// <summary>
    /// Bytes that are sent the usual way where the socket takes no more: .NET does not tell when a socket can be written again but by writing.
    /// </summary>
    private const int BridgeSize = 16 * 1024;

    /// <summary>Number of bytes that are passed to Kestrel at once.</summary>
    private const int CountSize = 64 * 1024;

    private readonly DirectWriter _output = new(socket);

    public PipeReader Input { get; } = connection.Transport.Input;

    public PipeWriter Output => _output;

    /// <summary>Sends a part of a file; what was written and flushed before goes first, what is written after goes behind.</summary>
    /// <returns>Bytes that the kernel took; fewer than wanted where the client has left, was too slow, or the file was closed.</returns>
    /// <exception cref="EndOfStreamException">The file is shorter.</exception>
    public async Task<long> SendAsync(SafeFileHandle file, long offset, long count, CancellationToken cancellationToken)
    {
        var (start, end) = (offset, offset + count);
        while (offset < end && !file.IsClosed)
        {
            var (taken, error) = Send(file, ref offset, end - offset);
            if (taken == 0)
            {
                throw new EndOfStreamException($"The file ended at byte {offset}.");
            }

            if (error == SendFile.WouldBlock)
            {
                var bridged = await BridgeAsync(file, offset, (int)Math.Min(BridgeSize, end - offset), cancellationToken);
                if (bridged == 0)
                {
                    break;
                }

                offset += bridged;
            }
            else if (error is not (0 or SendFile.Interrupted))
            {
                break;
            }
        }

        return offset - start;
    }

    /// <summary>Holds back packets that are not full while headers and file go out one after the other (TCP_CORK), or lets them go.</summary>
    public void Cork(bool holds)
    {
        try
        {
            socket.SetRawSocketOption(SendFile.Tcp, SendFile.Cork, BitConverter.GetBytes(holds ? 1 : 0));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the client is gone, which shows where something is sent
        }
    }

    /// <summary>Has Kestrel count bytes that were sent here as part of its answer.</summary>
    public void CountSent(PipeWriter answer, long count)
    {
        _output.Skip(count);
        while (count > 0)
        {
            var piece = (int)Math.Min(count, CountSize);
            _ = answer.GetMemory(piece);
            answer.Advance(piece);
            count -= piece;
        }
    }

    private (nint Taken, int Error) Send(SafeFileHandle file, ref long offset, long count)
    {
        try
        {
            var taken = SendFile.Send(socket.SafeHandle, file, ref offset, (nuint)Math.Min(StretchSize, count));
            return (taken, taken < 0 ? Marshal.GetLastPInvokeError() : 0);
        }
        catch (ObjectDisposedException)
        {
            return (-1, SendFile.BadFile);
        }
    }

    /// <summary>Waits until the socket takes a few bytes; 0 where it does not any more.</summary>
    private async Task<int> BridgeAsync(SafeFileHandle file, long offset, int count, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            var got = RandomAccess.Read(file, buffer.AsSpan(0, count), offset);
            if (got == 0)
            {
                throw new EndOfStreamException($"The file ended at byte {offset}.");
            }

            for (var sent = 0; sent < got;)
            {
                var sending = socket.SendAsync(buffer.AsMemory(sent, got - sent), SocketFlags.None, cancellationToken);
                sent += sending.IsCompleted ? await sending : await PatientlyAsync(sending.AsTask());
            }

            return got;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Waits, as long as the reader takes as many bytes of what the kernel holds as it must.</summary>
    private async Task<int> PatientlyAsync(Task<int> sending)
    {
        var grace = KestrelFactory.SlowGrace;
        var before = SendFile.Unsent(socket.SafeHandle);
        while (await Task.WhenAny(sending, Task.Delay(grace, time)) != sending)
        {
            var now = SendFile.Unsent(socket.SafeHandle);
            if (before - now < leastRate * grace.TotalSeconds)
            {
                connection.Abort(new ConnectionAbortedException("The client reads too slowly."));
                break;
            }

            before = now;
        }

        return await sending;
    }
}
