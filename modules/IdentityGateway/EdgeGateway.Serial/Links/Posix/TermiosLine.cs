using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Serial.Links.Posix;

/// <summary>A serial port from open to close: tries the system call first and waits for the loop's word only where it would block.</summary>
/// <remarks>
/// The port is watched edge-triggered for input, and for output only while a write waits: an idle writer is not woken for each byte that leaves.
/// The file handle counts its users, so its number is free for reuse only when the last system call on it has returned.
/// </remarks>
internal sealed class TermiosLine : IOpenLine, IEpollHandler
{
    private const EpollEvents Input = EpollEvents.EdgeTriggered | EpollEvents.Readable;
    private const EpollEvents InputAndOutput = Input | EpollEvents.Writable;

    private readonly LineState _state;
    private readonly SafeFileHandle _file;
    private readonly EpollLoop _loop;
    private readonly ulong _id;
    private readonly ReadySignal _readable = new();
    private readonly ReadySignal _writable = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _watchLock = new();
    private bool _watched = true;
    private bool _outputWatched;
    private bool _writerWaits;

    private TermiosLine(LineState state, SafeFileHandle file, EpollLoop loop)
    {
        _state = state;
        _file = file;
        _loop = loop;
        _id = loop.NewId();
    }

    public bool IsAlive => _state.IsAlive;

    /// <summary>Takes over an open, non-blocking port; it is closed where this fails.</summary>
    public static TermiosLine Start(LineState state, SafeFileHandle file, EpollLoop loop)
    {
        var line = new TermiosLine(state, file, loop);
        try
        {
            loop.Add(line._id, file, Input, line);
            return line;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = TryRead(buffer.Span);
            if (read > 0)
            {
                return read;
            }

            await _readable.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var written = TryWrite(buffer.Span);
            buffer = buffer[written..];
            if (buffer.IsEmpty)
            {
                return;
            }

            if (written > 0)
            {
                continue;
            }

            WatchOutput();
            try
            {
                await _writable.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                lock (_watchLock)
                {
                    _writerWaits = false;
                }
            }
        }
    }

    public async ValueTask CloseAsync()
    {
        if (_state.TryClose())
        {
            // The last close of a serial port waits until its output has left the wire, at 30 s most.
            var queued = 0;
            if (Libc.Control(_file, Libc.OutputQueue, ref queued) < 0 || queued > 0)
            {
                await Task.Run(Release).ConfigureAwait(false);
            }
            else
            {
                Release();
            }
        }

        await _released.Task.ConfigureAwait(false);
    }

    void IEpollHandler.OnEvents(EpollEvents events)
    {
        if ((events & (EpollEvents.HangUp | EpollEvents.Error)) != 0)
        {
            // Not here: closing and logging may block, and the loop serves all ports.
            ThreadPool.UnsafeQueueUserWorkItem(static line => line.FailUnplugged(), this, preferLocal: false);
            return;
        }

        if ((events & EpollEvents.Readable) != 0)
        {
            _readable.Set();
        }

        if ((events & EpollEvents.Writable) != 0)
        {
            _writable.Set();
            UnwatchIdleOutput();
        }
    }

    void IEpollHandler.OnLoopEnded() => ThreadPool.UnsafeQueueUserWorkItem(
        static line => line.Fail(LinkFailure.Closed, $"{line._state.Name} was closed: the gateway stops serving serial ports."), this, preferLocal: false);

    /// <summary>Bytes read; 0 where none wait.</summary>
    private int TryRead(Span<byte> buffer)
    {
        _state.ThrowIfEnded();
        nint read;
        int errno;
        try
        {
            do
            {
                read = Libc.Read(_file, buffer, (nuint)buffer.Length);
                errno = Marshal.GetLastPInvokeError();
            }
            while (read < 0 && errno == Errno.Interrupted);
        }
        catch (ObjectDisposedException)
        {
            throw _state.ToException();
        }

        // A raw port that blocks says so; an end of file is a port that is gone.
        return read > 0 ? (int)read : read < 0 && errno == Errno.Again ? 0 : throw Failed("read", read == 0 ? Errno.Io : errno);
    }

    /// <summary>Bytes written; 0 where the port takes none now.</summary>
    private int TryWrite(ReadOnlySpan<byte> buffer)
    {
        _state.ThrowIfEnded();
        nint written;
        int errno;
        try
        {
            do
            {
                written = Libc.Write(_file, buffer, (nuint)buffer.Length);
                errno = Marshal.GetLastPInvokeError();
            }
            while (written < 0 && errno == Errno.Interrupted);
        }
        catch (ObjectDisposedException)
        {
            throw _state.ToException();
        }

        return written >= 0 ? (int)written : errno == Errno.Again ? 0 : throw Failed("written", errno);
    }

    private void WatchOutput()
    {
        lock (_watchLock)
        {
            _writerWaits = true;
            if (_watched && !_outputWatched)
            {
                _loop.Modify(_id, _file, InputAndOutput);
                _outputWatched = true;
            }
        }
    }

    private void UnwatchIdleOutput()
    {
        lock (_watchLock)
        {
            if (_watched && _outputWatched && !_writerWaits)
            {
                _loop.Modify(_id, _file, Input);
                _outputWatched = false;
            }
        }
    }

    private LinkException Failed(string verb, int errno)
    {
        if (PortErrors.IsUnplugged(errno))
        {
            FailUnplugged();
        }
        else
        {
            Fail(LinkFailure.Io, $"{_state.Name} cannot be {verb}: {PortErrors.Words(errno)}.");
        }

        return _state.ToException();
    }

    private void FailUnplugged() => Fail(LinkFailure.Unplugged, $"{_state.Name} was unplugged, or its other end was closed.");

    private void Fail(LinkFailure failure, string message)
    {
        if (_state.TryEnd(failure, message))
        {
            Release();
        }
    }

    /// <summary>Runs once, on the thread that ended the state.</summary>
    private void Release()
    {
        bool writeCutShort;
        lock (_watchLock)
        {
            _watched = false;
            writeCutShort = _writerWaits;
            _loop.Remove(_id, _file);
        }

        if (writeCutShort)
        {
            // Half a frame is of no use, and waiting until it has left the wire of none either.
            _ = Libc.Control(_file, Libc.Flush, Libc.FlushOutput);
        }

        Libc.GiveBack(_file);
        _readable.Set();
        _writable.Set();
        _file.Dispose();
        _released.SetResult();
    }
}
