using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Serial.Links.Posix;

/// <summary>One thread that waits for all serial ports of the process at once and tells each port's handler what happened.</summary>
/// <remarks>
/// Safe for use from any thread. Events carry an id that is used once, not the file's number: an event fetched just before a port was closed finds
/// no handler, even if the system has given the number to the next port meanwhile.
/// </remarks>
internal sealed unsafe partial class EpollLoop : IDisposable
{
    private const ulong WakeUpId = 0;
    private const int BatchSize = 64;

    // struct epoll_event { uint32 events; uint64 data; } is packed on x86-64 and naturally aligned elsewhere (EPOLL_PACKED in eventpoll.h).
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + sizeof(ulong);

    private readonly ConcurrentDictionary<ulong, IEpollHandler> _handlers = new();
    private readonly ILogger _logger;
    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _wakeUp;
    private readonly Thread _thread;
    private ulong _lastId = WakeUpId;
    private volatile bool _ending;
    private int _disposed;

    /// <exception cref="LinkException">The system gives no epoll or event file.</exception>
    public EpollLoop(ILogger logger)
    {
        _logger = logger;
        _epoll = Valid(Libc.EpollCreate(Libc.EpollCloseOnExec));
        _wakeUp = Valid(Libc.EventFile(0, Libc.EventCloseOnExec));
        if (!TryControl(Libc.EpollAdd, _wakeUp, WakeUpId, EpollEvents.Readable))
        {
            throw SystemError("watch an event file");
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "serial ports" };
        _thread.Start();
    }

    /// <summary>Ports watched now.</summary>
    public int Count => _handlers.Count;

    /// <summary>An id for <see cref="Add"/>, taken before, so that the handler knows it when the first event comes.</summary>
    public ulong NewId() => Interlocked.Increment(ref _lastId);

    /// <summary>Begins to watch a file; hang-up and error are always reported.</summary>
    /// <exception cref="LinkException">The system refuses.</exception>
    public void Add(ulong id, SafeFileHandle file, EpollEvents events, IEpollHandler handler)
    {
        ObjectDisposedException.ThrowIf(_ending, this);
        _handlers[id] = handler;
        if (!TryControl(Libc.EpollAdd, file, id, events))
        {
            _handlers.TryRemove(id, out _);
            throw SystemError("watch a serial port");
        }

        if (_ending && _handlers.TryRemove(id, out _))
        {
            handler.OnLoopEnded();
        }
    }

    /// <summary>Watches for other events; what is ready already is reported at once.</summary>
    /// <exception cref="LinkException">The system refuses.</exception>
    public void Modify(ulong id, SafeFileHandle file, EpollEvents events)
    {
        if (!TryControl(Libc.EpollModify, file, id, events) && !_ending)
        {
            throw SystemError("watch a serial port");
        }
    }

    /// <summary>Ends the watching; the file is to be closed after this, which would end it too.</summary>
    public void Remove(ulong id, SafeFileHandle file)
    {
        if (_handlers.TryRemove(id, out _))
        {
            _ = TryControl(Libc.EpollDelete, file, id, EpollEvents.None);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _ending = true;
        ReadOnlySpan<byte> one = BitConverter.GetBytes(1UL);
        if (Libc.Write(_wakeUp, one, (nuint)one.Length) < 0)
        {
            throw SystemError("write to an event file");
        }

        _thread.Join();
        _wakeUp.Dispose();
        _epoll.Dispose();
    }

    private void Run()
    {
        try
        {
            var events = stackalloc byte[BatchSize * EventSize];
            while (!_ending)
            {
                var count = Libc.EpollWait(_epoll, events, BatchSize, -1);
                if (count < 0 && Marshal.GetLastPInvokeError() != Errno.Interrupted)
                {
                    throw SystemError("wait for serial ports");
                }

                for (var i = 0; i < count; i++)
                {
                    Dispatch(events + (i * EventSize));
                }
            }
        }
        catch (LinkException e)
        {
            LogLoopFailed(_logger, e);
        }
        finally
        {
            _ending = true;
            foreach (var id in _handlers.Keys)
            {
                if (_handlers.TryRemove(id, out var handler))
                {
                    handler.OnLoopEnded();
                }
            }
        }
    }

    private void Dispatch(byte* epollEvent)
    {
        var id = Unsafe.ReadUnaligned<ulong>(epollEvent + DataOffset);
        if (_handlers.TryGetValue(id, out var handler))
        {
            handler.OnEvents((EpollEvents)Unsafe.ReadUnaligned<uint>(epollEvent));
        }
    }

    private bool TryControl(int operation, SafeFileHandle file, ulong id, EpollEvents events)
    {
        var epollEvent = stackalloc byte[EventSize];
        Unsafe.WriteUnaligned(epollEvent, (uint)events);
        Unsafe.WriteUnaligned(epollEvent + DataOffset, id);
        try
        {
            return Libc.EpollControl(_epoll, operation, file, epollEvent) == 0;
        }
        catch (ObjectDisposedException) when (_ending)
        {
            return false;
        }
    }

    private static SafeFileHandle Valid(SafeFileHandle file) => file.IsInvalid ? throw SystemError("make an epoll loop") : file;

    private static LinkException SystemError(string action) =>
        new(LinkFailure.Io, $"The system refuses to {action}: {PortErrors.Words(Marshal.GetLastPInvokeError())}.");

    [LoggerMessage(1020, LogLevel.Critical, "The loop of all serial ports failed; they are closed until the gateway starts again")]
    private static partial void LogLoopFailed(ILogger logger, Exception exception);
}

/// <summary>What epoll watches and reports (include/uapi/linux/eventpoll.h).</summary>
[Flags]
internal enum EpollEvents : uint
{
    None = 0,
    Readable = 0x1,
    Writable = 0x4,
    Error = 0x8,
    HangUp = 0x10,
    EdgeTriggered = 1u << 31,
}

/// <summary>Hears what happens to one file. Called on the loop's only thread: no blocking, no throwing. May be called once more after its removal.</summary>
internal interface IEpollHandler
{
    void OnEvents(EpollEvents events);

    /// <summary>The loop ended; nothing will be heard any more.</summary>
    void OnLoopEnded();
}
