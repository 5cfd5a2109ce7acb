using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace EdgeGateway.Module.Serving.Direct;

/// <summary>
/// The way out of a connection of plain HTTP, straight into its socket: what is written is gathered in one buffer and handed to the kernel by
/// the flushing thread, without the second pipe and its change of threads that Kestrel's transport has. Holds memory only between write and flush.
/// </summary>
/// <remarks>
/// A stretch of what Kestrel writes can be left out (<see cref="Skip"/>): bytes that were sent by other means, but which Kestrel has to count.
/// Used by one writer at a time, as every <see cref="PipeWriter"/>.
/// </remarks>
internal sealed class DirectWriter(Socket socket) : PipeWriter
{
    private const int SmallestBuffer = 4096;

    private byte[] _buffer = [];
    private int _length;
    private long _skip;
    private bool _isBroken;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _length;

    /// <summary>Leaves out the next bytes that are written.</summary>
    public void Skip(long count) => _skip += count;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, SmallestBuffer));
        return _buffer.AsMemory(_length);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)(_buffer.Length - _length), nameof(bytes));
        var skipped = (int)Math.Min(_skip, bytes);
        if (skipped > 0)
        {
            _skip -= skipped;
            _buffer.AsSpan(_length + skipped, bytes - skipped).CopyTo(_buffer.AsSpan(_length));
        }

        _length += bytes - skipped;
    }

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            for (var sent = 0; sent < _length && !_isBroken;)
            {
                sent += await socket.SendAsync(_buffer.AsMemory(sent, _length - sent), SocketFlags.None, cancellationToken);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _isBroken = true; // the client is gone; Kestrel notices where it reads
        }

        Release();
        return new FlushResult(isCanceled: false, isCompleted: _isBroken);
    }

    /// <summary>Nothing waits here that could not be ended by closing the socket, as Kestrel does.</summary>
    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
        Release();
        _isBroken = true;
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _length >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_length + more);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        var length = _length;
        Release();
        (_buffer, _length) = (larger, length);
    }

    private void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _length) = ([], 0);
    }
}
