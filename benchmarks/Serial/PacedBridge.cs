using EdgeGateway.Simulators.Mcu.Lines;
using EdgeGateway.Simulators.Mcu.Terminal;

namespace EdgeGateway.Benchmarks.Serial;

/// <summary>Two pseudo-terminals joined by the simulator's line model, for programs that bring both ends of a protocol.</summary>
internal sealed class PacedBridge : IDisposable
{
    private const int TransmitBuffer = 256;
    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(250);

    private readonly PseudoTerminal _sender;
    private readonly PseudoTerminal _receiver;
    private readonly LineModel _there;
    private readonly LineModel _back;
    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = new byte[4096];
    private readonly long _origin = TimeProvider.System.GetTimestamp();
    private readonly Thread _thread;
    private readonly TaskCompletionSource _receiverSpoke = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;
    private TimeSpan? _first;
    private TimeSpan _last;

    public PacedBridge(string folder, SerialCase line, int seed)
    {
        var options = new LineOptions { Baud = line.Baud, BitErrorRate = line.BitErrorRate };
        _there = new LineModel(options, seed);
        _back = new LineModel(options with { Latency = TimeSpan.FromMilliseconds(line.TurnaroundMilliseconds) }, seed + 1);
        _sender = new PseudoTerminal(Path.Combine(folder, "sender"));
        _receiver = new PseudoTerminal(Path.Combine(folder, "receiver"));
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
            Move(_sender, _there, _receiver, now);
            Move(_receiver, _back, _sender, now);
            if (_first is null && _there.Backlog > 0)
            {
                _first = now;
            }

            if (_back.Backlog > 0)
            {
                _receiverSpoke.TrySetResult();
            }

            var idle = _there.Backlog == 0 && _back.Backlog == 0;
            _epoll.Wait(idle ? null : Tick, tokens);
        }
    }

    private void Move(PseudoTerminal from, LineModel line, PseudoTerminal to, TimeSpan now)
    {
        for (var room = TransmitBuffer - line.Backlog; room > 0; room = TransmitBuffer - line.Backlog)
        {
            var count = from.Read(_buffer.AsSpan(0, room));
            if (count == 0)
            {
                break;
            }

            line.Push(_buffer.AsSpan(0, count), now);
        }

        for (var count = line.Pull(_buffer, now); count > 0; count = line.Pull(_buffer, now))
        {
            to.Write(_buffer.AsSpan(0, count));
            _last = now;
        }
    }
}
