using EdgeGateway.Simulators.Mcu.Lines;
using EdgeGateway.Simulators.Mcu.Node;

namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>
/// One serial line with the microcontrollers on it, sans-IO: what the host writes reaches every one of them at the line's rate, what they answer
/// comes back. On a half-duplex bus, bytes that are on the wire at the same time are garbled for all nodes.
/// </summary>
/// <remarks>Times are those of the caller, from any origin, and must not run backwards. Not thread-safe.</remarks>
public sealed class McuLine
{
    private const int Piece = 32;

    private static readonly TimeSpan CollisionMemory = TimeSpan.FromMilliseconds(100);

    private readonly McuLineOptions _options;
    private readonly LineModel _fromHost;
    private readonly LineModel[] _fromNode;
    private readonly LineModel? _echo;
    private readonly List<(LineModel Sender, Occupancy When)> _onWire = [];
    private readonly byte[] _piece = new byte[Piece];

    public McuLine(McuLineOptions options, IReadOnlyList<SimulatedMcu> mcus, int seed)
    {
        if (mcus.Count > 1 && !options.HalfDuplex)
        {
            throw new ArgumentException($"{mcus.Count} microcontrollers on one line need a half-duplex bus.", nameof(mcus));
        }

        (_options, Mcus) = (options, mcus);
        var random = new Random(seed);
        _fromHost = new LineModel(options.Line with { Latency = TimeSpan.Zero }, random.Next());
        _fromNode = [.. mcus.Select(_ => new LineModel(options.Line, random.Next()))];
        _echo = options.Echo ? new LineModel(options.Line, random.Next()) : null;
    }

    /// <summary>Who is on the line.</summary>
    public IReadOnlyList<SimulatedMcu> Mcus { get; }

    /// <summary>Bytes that may be written now: a line's transmit buffer is finite.</summary>
    public int Room => Math.Max(0, _options.TransmitBuffer - _fromHost.Backlog);

    /// <summary>Bits flipped so far, both directions.</summary>
    public long FlippedBits => _fromHost.Noise.FlippedBits + _fromNode.Sum(line => line.Noise.FlippedBits);

    /// <summary>When <see cref="Advance"/> or <see cref="Read"/> has something to do; null if only the host can change anything.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            var due = Earliest(Earliest(_fromHost.NextDue, _echo?.NextDue), NodeDue);
            foreach (var line in _fromNode)
            {
                due = Earliest(due, line.NextDue);
            }

            return due;
        }
    }

    private TimeSpan? NodeDue
    {
        get
        {
            TimeSpan? due = null;
            foreach (var mcu in Mcus)
            {
                due = Earliest(due, mcu.NextDue);
            }

            return due;
        }
    }

    /// <summary>The host writes.</summary>
    public void Write(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        OnWire(_fromHost, _fromHost.Push(bytes, now));
        _echo?.Push(bytes, now);
    }

    /// <summary>What the host can read now; call <see cref="Advance"/> first.</summary>
    public int Read(Span<byte> destination, TimeSpan now)
    {
        var count = 0;
        while (count < destination.Length && FirstDue(now, out var until) is { } sender)
        {
            var pulled = sender.Pull(destination[count..], until);
            count += pulled;
        }

        return count;
    }

    /// <summary>Lets time pass up to <paramref name="now"/>: bytes arrive, nodes act, each thing at its own time.</summary>
    public void Advance(TimeSpan now)
    {
        while (true)
        {
            var nodeDue = NodeDue;
            if (_fromHost.NextDue is { } byteDue && byteDue <= now && !(nodeDue < byteDue))
            {
                var count = _fromHost.Pull(_piece, nodeDue < now ? nodeDue.Value : now, out var at);
                for (var i = 0; i < Mcus.Count; i++)
                {
                    Mcus[i].Receive(_piece.AsSpan(0, count), at);
                    Transmit(i, at);
                }
            }
            else if (nodeDue <= now)
            {
                for (var i = 0; i < Mcus.Count; i++)
                {
                    Mcus[i].Advance(nodeDue.Value);
                    Transmit(i, nodeDue.Value);
                }
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Everything sent in this stretch of time, either way, is lost.</summary>
    public void Silence(TimeSpan from, TimeSpan until)
    {
        _fromHost.Silence(from, until);
        foreach (var line in _fromNode)
        {
            line.Silence(from, until);
        }
    }

    /// <summary>The line is unplugged: what is under way is gone.</summary>
    public void Clear()
    {
        _fromHost.Clear();
        _echo?.Clear();
        foreach (var line in _fromNode)
        {
            line.Clear();
        }
    }

    private static TimeSpan? Earliest(TimeSpan? a, TimeSpan? b) => a is null || b < a ? b : a;

    private void Transmit(int index, TimeSpan now)
    {
        while (Mcus[index].TryTransmit(now, out var bytes))
        {
            OnWire(_fromNode[index], _fromNode[index].Push(bytes.Span, now));
        }
    }

    /// <summary>Notes who drives the bus; where two do at once, both are garbled.</summary>
    private void OnWire(LineModel sender, Occupancy when)
    {
        if (!_options.HalfDuplex)
        {
            return;
        }

        _onWire.RemoveAll(other => other.When.End + CollisionMemory < when.Start);
        foreach (var other in _onWire)
        {
            if (other.Sender != sender && other.When.Overlaps(when))
            {
                var both = new Occupancy(
                    other.When.Start > when.Start ? other.When.Start : when.Start, other.When.End < when.End ? other.When.End : when.End);
                sender.Garble(both);
                other.Sender.Garble(both);
            }
        }

        _onWire.Add((sender, when));
    }

    /// <summary>Finds whose bytes come next, and until when no other node sends.</summary>
    private LineModel? FirstDue(TimeSpan now, out TimeSpan until)
    {
        LineModel? first = null;
        until = now;
        foreach (var line in _fromNode)
        {
            Consider(line, ref first, ref until);
        }

        if (_echo is not null)
        {
            Consider(_echo, ref first, ref until);
        }

        return first?.NextDue <= now ? first : null;
    }

    private static void Consider(LineModel line, ref LineModel? first, ref TimeSpan until)
    {
        if (line.NextDue is not { } due)
        {
            return;
        }

        if (first?.NextDue is not { } earliest || due < earliest)
        {
            until = first?.NextDue is { } others && others < until ? others : until;
            first = line;
        }
        else if (due < until)
        {
            until = due;
        }
    }
}
