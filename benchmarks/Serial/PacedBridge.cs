using EdgeGateway.Simulators.Mcu.Lines;
using EdgeGateway.Simulators.Mcu.Terminal;

namespace EdgeGateway.Benchmarks.Serial;

/// <summary>Two pseudo-terminals joined by the simulator's line model, for programs that bring both ends of a protocol.</summary>
internal sealed class PacedBridge : IDisposable
{
    private const int TransmitBuffer = 256;
    private static readonly TimeSpan FastTick = TimeSpan.FromMicroseconds(250);
    private static readonly TimeSpan SlowTick = TimeSpan.FromMilliseconds(1);

    private readonly PseudoTerminal _sender;
    private readonly PseudoTerminal _receiver;
    private readonly Direction _there;
    private readonly Direction _back;
    private readonly Epoll _epoll = new();
    private readonly long _origin = TimeProvider.System.GetTimestamp();
    private readonly Thread _thread;
    private readonly TaskCompletionSource _receiverSpoke = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _tick;
    private volatile bool _stopping;
    private TimeSpan? _first;
    private TimeSpan _last;

    public PacedBridge(string folder, SerialCase line, int seed)
    {
        _tick = line.IsSlow ? SlowTick : FastTick;
        var options = new LineOptions { Baud = line.Baud, BitErrorRate = line.BitErrorRate };
        _sender = new PseudoTerminal(Path.Combine(folder, "sender"));
        _receiver = new PseudoTerminal(Path.Combine(folder, "receiver"));
        _there = new Direction(_sender, new LineModel(options, seed), _receiver);
        var latency = TimeSpan.FromMilliseconds(line.TurnaroundMilliseconds);
        _back = new Direction(_receiver, new LineModel(options with { Latency = latency }, seed + 1), _sender);
        _sender.Watch(_epoll, 0);
        _receiver.Watch(_epoll, 1);
        _thread = new Thread(Run) { IsBackground = true, Name = "Paced bridge" };
        _thread.Start();
    }

    public string SenderDevice => _sender.Device;

    public string ReceiverDevice => _receiver.Device;

    /// <summary>Completes when the receiver has sent its first byte: it is ready then.</summary>
    public Task ReceiverSpoke => _receiverSpoke.Task;

    /// <summary>From the sender's first byte to the last byte delivered to either side.</summary>
    public TimeSpan Busy => _first is { } first ? _last - first : TimeSpan.Zero;

    public void Dispose()
    {
        _stopping = true;
        _epoll.Wake();
        _thread.Join();
        _sender.Dispose();
        _receiver.Dispose();
        _epoll.Dispose();
    }

    private void Run()
    {
        var tokens = new List<int>();
        while (!_stopping)
        {
            var now = TimeProvider.System.GetElapsedTime(_origin);
            if (_there.Move(now) | _back.Move(now))
            {
                _last = now;
            }

            if (_first is null && _there.IsBusy)
            {
                _first = now;
            }

            if (_back.IsBusy)
            {
                _receiverSpoke.TrySetResult();
            }

            _epoll.Wait(_there.IsBusy || _back.IsBusy ? _tick : null, tokens);
        }
    }

    /// <summary>One direction of the line. Bytes that the reader cannot take yet wait: only the noise of the line loses bytes.</summary>
    private sealed class Direction(PseudoTerminal from, LineModel line, PseudoTerminal to)
    {
        private readonly byte[] _buffer = new byte[4096];
        private int _waiting;

        public bool IsBusy => line.Backlog > 0 || _waiting > 0;

        /// <summary>Moves what is due; true where bytes were delivered.</summary>
        public bool Move(TimeSpan now)
        {
            Take(now);
            var delivered = false;
            while (true)
            {
                _waiting += line.Pull(_buffer.AsSpan(_waiting), now);
                var written = _waiting == 0 ? 0 : to.Write(_buffer.AsSpan(0, _waiting));
                if (written == 0)
                {
                    return delivered;
                }

                delivered = true;
                _buffer.AsSpan(written, _waiting - written).CopyTo(_buffer);
                _waiting -= written;
            }
        }

        private void Take(TimeSpan now)
        {
            Span<byte> input = stackalloc byte[TransmitBuffer];
            for (var room = TransmitBuffer - line.Backlog; room > 0; room = TransmitBuffer - line.Backlog)
            {
                var count = from.Read(input[..room]);
                if (count == 0)
                {
                    return;
                }

                line.Push(input[..count], now);
            }
        }
    }
}
