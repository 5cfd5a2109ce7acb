using System.Buffers;

namespace EdgeGateway.Simulators.Mcu.Lines;

/// <summary>
/// One direction of a serial line, sans-IO: bytes pushed in come out when the line would have delivered them, damaged as the options say.
/// </summary>
/// <remarks>
/// A byte leaves at max(departure of the byte before, its arrival) plus one character time, so idle time earns no credit, and is handed over one
/// latency later. Times are those of the caller, from any origin, and must not run backwards. Not thread-safe.
/// </remarks>
public sealed class LineModel
{
    private readonly LineOptions _options;
    private readonly Queue<Burst> _bursts = new();
    private readonly List<Disturbance> _disturbances = [];
    private readonly ByteRing _bytes = new();
    private readonly ArrayBufferWriter<byte> _arrived = new();
    private readonly byte[] _sent = new byte[1024];
    private int _arrivedTaken;
    private TimeSpan _arrivedAt;
    private Burst? _last;

    public LineModel(LineOptions options, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Baud, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BitsPerCharacter, nameof(options));
        _options = options;
        Noise = new NoiseModel(options, seed);
    }

    /// <summary>What damages the bytes, with its counts.</summary>
    public NoiseModel Noise { get; }

    /// <summary>Bytes pushed and not yet handed over.</summary>
    public int Backlog => _bytes.Count + (_arrived.WrittenCount - _arrivedTaken);

    /// <summary>When the next byte can be pulled; null if none is under way.</summary>
    public TimeSpan? NextDue => _arrived.WrittenCount > _arrivedTaken
        ? _arrivedAt
        : _bursts.TryPeek(out var burst) ? burst.Departure(burst.Taken) + _options.Latency : null;

    /// <summary>Gives bytes to the sender at <paramref name="now"/>.</summary>
    /// <returns>When they are on the wire.</returns>
    public Occupancy Push(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (bytes.IsEmpty)
        {
            return new Occupancy(now, now);
        }

        if (_last is null || _last.End < now)
        {
            _last = new Burst(now, _options);
        }

        var start = _last.Count == 0 ? now : _last.End;
        if (_last.Taken == _last.Count)
        {
            _bursts.Enqueue(_last);
        }

        _last.Count += bytes.Length;
        _bytes.Write(bytes);
        return new Occupancy(start, _last.End);
    }

    /// <summary>Takes what has arrived at <paramref name="now"/>, as much as fits.</summary>
    public int Pull(Span<byte> destination, TimeSpan now) => Pull(destination, now, out _);

    /// <summary>Takes what has arrived at <paramref name="now"/>, as much as fits, and tells when the last of it arrived.</summary>
    public int Pull(Span<byte> destination, TimeSpan now, out TimeSpan last)
    {
        last = now;
        var count = 0;
        while (count < destination.Length)
        {
            var left = _arrived.WrittenSpan[_arrivedTaken..];
            if (!left.IsEmpty)
            {
                var take = Math.Min(left.Length, destination.Length - count);
                left[..take].CopyTo(destination[count..]);
                _arrivedTaken += take;
                count += take;
                last = _arrivedAt;
            }
            else if (!Arrive(destination.Length - count, now))
            {
                break;
            }
        }

        return count;
    }

    /// <summary>Everything sent in this stretch of time is lost.</summary>
    public void Silence(TimeSpan from, TimeSpan until) => _disturbances.Add(new Disturbance(new Occupancy(from, until), Lost: true));

    /// <summary>Everything sent in this stretch of time arrives as garbage.</summary>
    public void Garble(Occupancy when) => _disturbances.Add(new Disturbance(when, Lost: false));

    /// <summary>The line is cut: what is under way is gone.</summary>
    public void Clear()
    {
        _bursts.Clear();
        _bytes.Clear();
        _arrived.ResetWrittenCount();
        _arrivedTaken = 0;
        _last = null;
    }

    /// <summary>Moves at most <paramref name="most"/> bytes that are due through the noise. False if none is due.</summary>
    private bool Arrive(int most, TimeSpan now)
    {
        if (!_bursts.TryPeek(out var burst))
        {
            return false;
        }

        var first = burst.Taken;
        var due = burst.DepartedAt(now - _options.Latency) - first;
        if (due <= 0)
        {
            return false;
        }

        var sent = _sent.AsSpan(0, (int)Math.Min(due, Math.Min(most, _sent.Length)));
        _bytes.Read(sent);
        burst.Taken += sent.Length;
        _arrivedAt = burst.Departure(burst.Taken - 1) + _options.Latency;
        if (burst.Taken == burst.Count)
        {
            _bursts.Dequeue();
        }

        _arrived.ResetWrittenCount();
        _arrivedTaken = 0;
        Noise.Apply(_disturbances.Count == 0 ? sent : Disturb(sent, burst, first), _arrived);
        return true;
    }

    private Span<byte> Disturb(Span<byte> sent, Burst burst, long first)
    {
        var kept = 0;
        for (var i = 0; i < sent.Length; i++)
        {
            var end = burst.Departure(first + i);
            var character = new Occupancy(end - _options.CharacterTime, end);
            var lost = false;
            var garbled = false;
            foreach (var disturbance in _disturbances)
            {
                var hit = Hits(disturbance.When, character);
                lost |= hit && disturbance.Lost;
                garbled |= hit && !disturbance.Lost;
            }

            if (!lost)
            {
                sent[kept++] = garbled ? Noise.Garble(sent[i]) : sent[i];
            }
        }

        var done = burst.Departure(first + sent.Length - 1) - _options.CharacterTime;
        _disturbances.RemoveAll(d => d.When.End < done);
        return sent[..kept];
    }

    // On an unpaced line a character has no length: it is hit by the instant at which it passes.
    private static bool Hits(Occupancy when, Occupancy character) =>
        character.Start == character.End ? when.Start <= character.End && character.End < when.End : when.Overlaps(character);
}
