using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EdgeGateway.Simulators.Mcu.Terminal;

/// <summary>Waits for many descriptors at once, with a time-out finer than a millisecond. Edge-triggered: read until nothing is left.</summary>
internal sealed class Epoll : IDisposable
{
    private const int Add = 1;
    private const int Delete = 2;
    private const uint ReadableOnEdge = 0x1 | (1u << 31);
    private const int MostEvents = 256;

    // struct epoll_event is packed on x86-64 only
    private static readonly int EventLength = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventLength - sizeof(long);

    private readonly int _epoll = LibC.Check(LibC.EpollCreate(LibC.CloseOnExec), "epoll_create1");
    private readonly int _wake = LibC.Check(LibC.EventDescriptor(0, LibC.NonBlocking | LibC.CloseOnExec), "eventfd");
    private readonly byte[] _count = new byte[sizeof(ulong)];
    private readonly byte[] _events = new byte[MostEvents * EventLength];

    public Epoll() => Watch(_wake, -1);

    /// <summary>Reports <paramref name="token"/> when there is something to read, or the other end is closed.</summary>
    public void Watch(int descriptor, int token)
    {
        Span<byte> interest = stackalloc byte[EventLength];
        BinaryPrimitives.WriteUInt32LittleEndian(interest, ReadableOnEdge);
        BinaryPrimitives.WriteInt64LittleEndian(interest[DataOffset..], token);
        LibC.Check(LibC.EpollControl(_epoll, Add, descriptor, interest), "epoll_ctl");
    }

    public void Forget(int descriptor) =>
        LibC.Check(LibC.EpollControl(_epoll, Delete, descriptor, stackalloc byte[EventLength]), "epoll_ctl");

    /// <summary>Ends the wait that is under way, or the next one. May be called from any thread.</summary>
    public void Wake()
    {
        Span<byte> one = stackalloc byte[sizeof(ulong)];
        BitConverter.TryWriteBytes(one, 1UL);
        _ = LibC.Write(_wake, one, one.Length); // full: a wake is pending already
    }

    /// <summary>Waits; null waits for ever. Fills <paramref name="tokens"/> with those that have something to read.</summary>
    public void Wait(TimeSpan? timeout, List<int> tokens)
    {
        tokens.Clear();
        ReadOnlySpan<long> time = timeout is { } wait
            ? [wait.Ticks / TimeSpan.TicksPerSecond, wait.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick]
            : [];
        var count = LibC.EpollWait(_epoll, _events, MostEvents, time, 0);
        if (count < 0)
        {
            if (Marshal.GetLastPInvokeError() != LibC.Interrupted)
            {
                LibC.Check(count, "epoll_pwait2");
            }

            return;
        }

        for (var i = 0; i < count; i++)
        {
            var token = (int)BinaryPrimitives.ReadInt64LittleEndian(_events.AsSpan((i * EventLength) + DataOffset));
            if (token >= 0)
            {
                tokens.Add(token);
            }
            else
            {
                _ = LibC.Read(_wake, _count, _count.Length);
            }
        }
    }

    public void Dispose()
    {
        _ = LibC.Close(_wake);
        _ = LibC.Close(_epoll);
    }
}
