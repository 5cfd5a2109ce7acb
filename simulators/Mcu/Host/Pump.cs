using EdgeGateway.Simulators.Mcu.Terminal;

namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>
/// Serves any number of lines on one thread: reads at once what hosts write, so that its time is right, and does everything else once a tick. The
/// lines keep exact time for any tick.
/// </summary>
internal sealed class Pump : IDisposable
{
    private static readonly TimeSpan LeastTick = TimeSpan.FromMicroseconds(250);
    private static readonly TimeSpan GreatestTick = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan TickPerLine = TimeSpan.FromMicroseconds(32);

    private readonly HostedLine[] _lines;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly TimeSpan _tick;
    private readonly Action _afterTick;
    private readonly Epoll _epoll = new();
    private readonly Lock _gate = new();
    private readonly List<int> _readable = [];
    private readonly Thread _thread;
    private TimeSpan _lastTick = TimeSpan.MinValue;
    private volatile bool _stopping;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="lines">The lines; plugged in when the pump starts.</param>
    /// <param name="time">Clock of the lines.</param>
    /// <param name="afterTick">Called under the pump's lock whenever lines were served.</param>
    public Pump(HostedLine[] lines, TimeProvider time, Action afterTick)
    {
        (_lines, _time, _afterTick, _origin) = (lines, time, afterTick, time.GetTimestamp());
        _tick = TimeSpan.FromTicks(Math.Clamp((TickPerLine * lines.Length).Ticks, LeastTick.Ticks, GreatestTick.Ticks));
        _thread = new Thread(Run) { Name = "Line pump", IsBackground = true };
    }

    /// <summary>Time since the pump was made: the time of all its lines.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>Ends when the pump does; faulted if a line or a flash file failed, or a node broke a rule of its flash.</summary>
    public Task Ended => _ended.Task;

    public void Start() => _thread.Start();

    /// <summary>Does something to the lines between two ticks.</summary>
    public T Do<T>(Func<TimeSpan, T> act)
    {
        lock (_gate)
        {
            var now = Now;
            var result = act(now);
            Serve(now, all: true);
            _epoll.Wake();
            return result;
        }
    }

    /// <summary>Plugs a line in. Call within <see cref="Do"/> or before <see cref="Start"/>.</summary>
    public void Plug(int index, TimeSpan now) => _lines[index].Plug(_epoll, index, now);

    public void Dispose()
    {
        _stopping = true;
        _epoll.Wake();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        foreach (var line in _lines)
        {
            line.Unplug();
        }

        _epoll.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stopping)
            {
                TimeSpan? wait;
                lock (_gate)
                {
                    wait = Earliest() is { } due ? Max(Max(due, _lastTick + _tick) - Now, TimeSpan.Zero) : null;
                }

                _epoll.Wait(wait, _readable);
                lock (_gate)
                {
                    Pass();
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or InvalidOperationException)
        {
            _ended.SetException(failure);
        }

        _ended.TrySetResult();
    }

    private void Pass()
    {
        var now = Now;
        foreach (var index in _readable)
        {
            _lines[index].TakeInput(now);
        }

        if (now >= _lastTick + _tick)
        {
            Serve(now, all: false);
        }
    }

    private void Serve(TimeSpan now, bool all)
    {
        _lastTick = now;
        foreach (var line in _lines)
        {
            if (all || line.NextDue <= now)
            {
                line.Serve(now);
            }
        }

        _afterTick();
    }

    private TimeSpan? Earliest()
    {
        TimeSpan? earliest = null;
        foreach (var line in _lines)
        {
            earliest = earliest is null || line.NextDue < earliest ? line.NextDue : earliest;
        }

        return earliest;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
