using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Serial.Protocol.Transfer;

namespace EdgeGateway.Serial.Tests.Protocol.Transfer;

/// <summary>The least node that can take a transfer: a receive window in memory, flash that programs at a rate.</summary>
internal sealed class WindowedNode(long size, long window, int maxRanges, double programBytesPerSecond = double.PositiveInfinity)
{
    /// <summary>Makes the node forget, now and then, what it kept beyond a gap.</summary>
    public Random? Forgets { get; init; }

    private readonly RangeSet _received = [];
    private double _programmed;
    private TimeSpan _last;
    private bool _gap;

    public long Next { get; private set; }

    /// <summary>Payload bytes that arrived and were kept, each counted once.</summary>
    public long Kept { get; private set; }

    /// <summary>Payload bytes that arrived again although they were kept before.</summary>
    public long Redundant { get; private set; }

    public void OnData(ByteRange range, TimeSpan now)
    {
        Program(now);
        if (range.End > Limit || (range.Start > Next && maxRanges == 0))
        {
            _gap = true;
            return;
        }

        if (_received.Contains(range) || range.End <= Next)
        {
            Redundant += range.Length;
        }

        var before = Next + _received.Length;
        _received.Add(range with { Start = Math.Max(range.Start, Next) });
        if (_received.Count > maxRanges && _received[0].Start > Next)
        {
            _received.Remove(range); // no room for one more range: the new bytes are dropped, never old ones
        }

        if (_received.Count > 1 && Forgets?.Next(4) == 0)
        {
            _received.Remove(_received[^1]);
        }

        if (_received.Count > 0 && _received[0].Start <= Next)
        {
            Next = _received[0].End;
            _received.Remove(_received[0]);
            _gap = false;
        }

        Kept += Next + _received.Length - before;
    }

    public Status Answer(bool toData, TimeSpan now)
    {
        Program(now);
        return new Status
        {
            Result = toData && _gap && maxRanges == 0 ? ResultCode.GoBack : ResultCode.Ok,
            Session = Next == size ? SessionState.Complete : SessionState.Receiving,
            Next = Next,
            Limit = Limit,
            WaitMilliseconds = _programmed < Next ? (int)Math.Clamp((Next - _programmed) * 500 / programBytesPerSecond, 1, 1000) : 0,
            Ranges = [.. _received],
        };
    }

    private long Limit => (long)_programmed + window;

    private void Program(TimeSpan now)
    {
        _programmed = double.IsInfinity(programBytesPerSecond)
            ? Next
            : Math.Min(Next, _programmed + (programBytesPerSecond * (now - _last).TotalSeconds));
        _last = now;
    }
}
