using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;

namespace EdgeGateway.Serial.Protocol.Transfer;

/// <summary>
/// The gateway's side of the windowed transfer (wire-protocol.md 5.2-5.5): decides which bytes go on the wire next and what an answer means.
/// Sans-IO: it takes the time and the answers, and returns frames.
/// </summary>
/// <remarks>Not thread-safe. Times are counted from any fixed moment and never go back.</remarks>
public sealed class TransferSender
{
    /// <summary>Unanswered POLLs after which a node counts as silent...</summary>
    public const int SilentPolls = 10;

    /// <summary>...once this long has passed since its last answer.</summary>
    public static readonly TimeSpan SilentTime = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LeastPollInterval = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan QueueAhead = TimeSpan.FromMilliseconds(50);

    private readonly TransferParameters _parameters;
    private readonly WireClock _wire;
    private readonly RttEstimator _rtt;
    private readonly FrameSizer _sizer;
    private readonly SentFrames _flight;
    private readonly RangeSet _lost = [];
    private long _sentEnd;
    private long _highWater;
    private long _limit;
    private long _bytesSinceAsk;
    private long _lastAnswered = -1;
    private long _goBackBarrier;
    private bool _probe;
    private bool _probing;
    private int _unanswered;
    private TimeSpan _lastAnswerAt;
    private TimeSpan? _answerDue;
    private TimeSpan? _pollAt;

    /// <param name="parameters">What was agreed with the node.</param>
    /// <param name="limit">Right edge of the window as the node last said.</param>
    /// <param name="wire">Clock of the line; shared with all other traffic on it.</param>
    /// <param name="rtt">Estimator of the line's round trip; it keeps what it learned across transfers.</param>
    /// <param name="firstSequence">Sequence of the first frame.</param>
    /// <param name="now">Time of the call.</param>
    public TransferSender(TransferParameters parameters, long limit, WireClock wire, RttEstimator rtt, byte firstSequence, TimeSpan now)
    {
        _parameters = parameters;
        _wire = wire;
        _rtt = rtt;
        _sizer = new FrameSizer(parameters.MaxPayload);
        _flight = new SentFrames(firstSequence);
        _sentEnd = _highWater = Acknowledged = parameters.StartOffset;
        _limit = limit;
        _lastAnswerAt = now;
        _probe = limit <= _sentEnd;
        Outcome = Acknowledged >= parameters.Size ? TransferOutcome.Complete : TransferOutcome.Running;
    }

    public TransferOutcome Outcome { get; private set; }

    /// <summary>Why the node refused, where <see cref="Outcome"/> says it did.</summary>
    public ResultCode Refusal { get; private set; }

    /// <summary>Leading bytes of the image that the node holds.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Image bytes sent more than once.</summary>
    public long RetransmittedBytes { get; private set; }

    /// <summary>Sequence of the frame after the last one.</summary>
    public byte NextSequence => (byte)_flight.NextOrdinal;

    /// <summary>When <see cref="OnTimer"/> is to be called if no answer comes first; null where an answer is not waited for.</summary>
    public TimeSpan? Deadline => Outcome != TransferOutcome.Running ? null : _answerDue ?? _pollAt;

    /// <summary>Asks for the next frame. Its bytes count as queued on the wire now.</summary>
    public bool TryNext(TimeSpan now, out SendAction action)
    {
        action = default;
        if (Outcome != TransferOutcome.Running)
        {
            return false;
        }

        if (_probe)
        {
            _probe = false;
            _probing = true;
            action = Send(FrameType.Poll, default, ask: true, now);
            _answerDue = _wire.Queue(0, now) + _rtt.TimeOut;
            return true;
        }

        if (_probing || (_parameters.HalfDuplex && _flight.Count > 0 && _bytesSinceAsk == 0) || !TryChoose(out var range))
        {
            return false;
        }

        action = Send(FrameType.Data, range, ask: IsAskDue(range) || !CanGoOnAfter(range), now);
        return true;
    }

    /// <summary>Takes a node's answer to DATA or POLL.</summary>
    public void OnStatus(byte sequence, Status status, TimeSpan now)
    {
        var ordinal = _flight.OrdinalOf(sequence);
        if (Outcome != TransferOutcome.Running || ordinal < _lastAnswered)
        {
            return;
        }

        if (status.Result is not (ResultCode.Ok or ResultCode.Busy or ResultCode.GoBack))
        {
            Refusal = status.Result;
            Outcome = TransferOutcome.Refused;
            return;
        }

        if (status.Next < Acknowledged || status.Next > _highWater || (status.Ranges.Count > 0 && status.Ranges[^1].End > _highWater))
        {
            Outcome = TransferOutcome.Violated;
            return;
        }

        _lastAnswered = ordinal;
        _lastAnswerAt = now;
        _unanswered = 0;
        _probing = _probe = false;
        Acknowledged = status.Next;
        _limit = status.Limit;
        Account(ordinal, status, now);
        if (Acknowledged >= _parameters.Size)
        {
            Outcome = TransferOutcome.Complete;
            return;
        }

        var oldest = _flight.OldestAsk;
        _answerDue = oldest is null ? null : (oldest.Departure > now ? oldest.Departure : now) + _rtt.TimeOut;
        var wait = TimeSpan.FromMilliseconds(status.WaitMilliseconds);
        _pollAt = null;
        if (oldest is null && !TryChoose(out _))
        {
            // no answer is due and nothing can be sent: ask for frames in flight at once, for space in the window when it is due
            _probe = _flight.Count > 0;
            _pollAt = _probe ? null : now + (wait > LeastPollInterval ? wait : LeastPollInterval);
        }
    }

    /// <summary>Takes note of the time; to be called at <see cref="Deadline"/>.</summary>
    public void OnTimer(TimeSpan now)
    {
        if (Deadline is not { } due || now < due)
        {
            return;
        }

        if (_answerDue is not null)
        {
            _rtt.BackOff();
            _unanswered++;
        }

        _answerDue = null;
        _pollAt = null;
        if (_unanswered >= SilentPolls && now - _lastAnswerAt >= SilentTime)
        {
            Outcome = TransferOutcome.Silent;
            return;
        }

        _probe = true;
    }

    private void Account(long ordinal, Status status, TimeSpan now)
    {
        var received = new RangeSet { new ByteRange(0, status.Next) };
        foreach (var range in status.Ranges)
        {
            received.Add(range);
        }

        while (_flight.TryTake(ordinal, out var transmission))
        {
            if (transmission.Ordinal == ordinal)
            {
                _rtt.Sample(now - transmission.Departure);
            }

            if (transmission.Range.IsEmpty)
            {
                continue;
            }

            _sizer.Note(transmission.WireBytes, lost: !received.Contains(transmission.Range));
        }

        if (status.Result == ResultCode.GoBack && ordinal >= _goBackBarrier)
        {
            _flight.Clear();
            _sentEnd = status.Next;
            _bytesSinceAsk = 0;
            _goBackBarrier = _flight.NextOrdinal;
        }

        // what was sent, is not received and not on its way is lost, even if the node held it once
        _sentEnd = Math.Max(_sentEnd, status.Next);
        _lost.Clear();
        _lost.Add(new ByteRange(status.Next, _sentEnd));
        foreach (var range in received)
        {
            _lost.Remove(range);
        }

        _flight.RemoveFrom(_lost);
    }

    private SendAction Send(FrameType type, ByteRange range, bool ask, TimeSpan now)
    {
        RetransmittedBytes += Math.Max(0, Math.Min(range.End, _highWater) - range.Start);
        _highWater = Math.Max(_highWater, range.End);
        _lost.Remove(range);
        _sentEnd = Math.Max(_sentEnd, range.End);
        _bytesSinceAsk = ask ? 0 : _bytesSinceAsk + range.Length;
        var bodyLength = type == FrameType.Data ? sizeof(uint) + (int)range.Length : 0;
        var wireBytes = FrameWriter.MaxWireLength(bodyLength);
        var departure = _wire.Queue(wireBytes, now);
        if (ask)
        {
            _answerDue ??= departure + _rtt.TimeOut;
            _pollAt = null;
        }

        return new SendAction(type, _flight.Add(range, ask, wireBytes, departure), range, ask);
    }

    /// <summary>Bytes that were lost come first, then new ones.</summary>
    private bool TryChoose(out ByteRange range)
    {
        if (_flight.Count >= ProtocolVersion.MaxFramesInFlight)
        {
            range = default;
            return false;
        }

        if (_lost.Count > 0)
        {
            range = _lost[0] with { End = Math.Min(_lost[0].End, _lost[0].Start + _sizer.Payload) };
            return true;
        }

        return TryChooseNew(_sentEnd, _flight.Bytes, out range);
    }

    /// <summary>True where more could be sent after <paramref name="range"/> without an answer.</summary>
    private bool CanGoOnAfter(ByteRange range) =>
        _flight.Count + 1 < ProtocolVersion.MaxFramesInFlight
        && (_lost.Count > 1
            || (_lost.Count == 1 && _lost[0].End > range.End)
            || TryChooseNew(Math.Max(_sentEnd, range.End), _flight.Bytes + range.Length, out _));

    /// <summary>Gets the next new bytes, if the window has space and the line is free.</summary>
    private bool TryChooseNew(long start, long inFlight, out ByteRange range)
    {
        var payload = _sizer.Payload;
        range = new ByteRange(start, Math.Min(Math.Min(_parameters.Size, _limit), start + payload));
        if (range.IsEmpty || (inFlight > 0 && inFlight + range.Length > FlightCap))
        {
            return false;
        }

        // a crumb at the edge of the window costs a whole frame: wait for the edge to move
        var isCrumb = range.End < _parameters.Size && range.Length < payload / 2;
        return !isCrumb || inFlight == 0;
    }

    private bool IsAskDue(ByteRange range) =>
        !_parameters.HalfDuplex && _bytesSinceAsk + range.Length >= Math.Min(_parameters.Window, FlightCap) / 4;

    /// <summary>Image bytes worth having in flight: a full-duplex line gets what keeps it busy, no more, so that repairs are not queued behind it.</summary>
    private long FlightCap
    {
        get
        {
            if (_parameters.HalfDuplex || _parameters.BytesPerSecond is not { } rate)
            {
                return long.MaxValue / 2; // the window is the bound
            }

            var ahead = (long)(rate * ((2 * _rtt.Smoothed) + QueueAhead).TotalSeconds);
            return Math.Max(4L * _parameters.MaxPayload, ahead);
        }
    }
}
