using EdgeGateway.Simulators.Mcu.Terminal;

namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>A line and the terminal a host reaches it by, if it is plugged in.</summary>
internal sealed class HostedLine(McuLine line, Func<ITerminal> plug)
{
    private readonly byte[] _buffer = new byte[4096];
    private bool _mayHaveInput;

    public McuLine Line { get; } = line;

    public ITerminal? Terminal { get; private set; }

    /// <summary>When <see cref="Serve"/> has something to do.</summary>
    public TimeSpan? NextDue { get; private set; }

    /// <summary>Bytes the host did not take in time.</summary>
    public long Overrun { get; private set; }

    public void Plug(Epoll epoll, int token, TimeSpan now)
    {
        if (Terminal is null)
        {
            Terminal = plug();
            Terminal.Watch(epoll, token);
            TakeInput(now);
        }
    }

    public void Unplug()
    {
        Terminal?.Dispose();
        Terminal = null;
        Line.Clear();
    }

    /// <summary>Puts what the host has written on the line, as far as there is space.</summary>
    public void TakeInput(TimeSpan now)
    {
        _mayHaveInput = Terminal is not null;
        while (_mayHaveInput && Line.Room > 0)
        {
            var count = Terminal!.Read(_buffer.AsSpan(0, Math.Min(_buffer.Length, Line.Room)));
            _mayHaveInput = count > 0;
            Line.Write(_buffer.AsSpan(0, count), now);
        }

        NextDue = Line.NextDue;
    }

    /// <summary>Lets the line do what is due and hands its bytes to the host.</summary>
    public void Serve(TimeSpan now)
    {
        Line.Advance(now);
        for (var count = Line.Read(_buffer, now); count > 0; count = Line.Read(_buffer, now))
        {
            Overrun += Terminal is null ? 0 : count - Terminal.Write(_buffer.AsSpan(0, count));
        }

        if (_mayHaveInput)
        {
            TakeInput(now);
        }

        NextDue = Line.NextDue;
    }
}
