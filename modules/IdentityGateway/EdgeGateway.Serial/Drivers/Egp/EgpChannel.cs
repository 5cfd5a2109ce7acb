using System.Buffers;
using EdgeGateway.Serial.Protocol;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Transfer;

namespace EdgeGateway.Serial.Drivers.Egp;

/// <summary>Frames to and from one node on a bus that is held: asks, waits, asks again.</summary>
internal sealed class EgpChannel(BusLease lease, byte address, RttEstimator rtt, SequenceCounter sequence) : IAsyncDisposable
{
    /// <summary>Least wait for the answer to a command: a node may have flash to read first.</summary>
    public static readonly TimeSpan CommandFloor = TimeSpan.FromMilliseconds(250);

    private const int AnswerAllowance = 512; // bytes of the longest usual answer, for its time on the wire

    private readonly FrameWriter _writer = new();
    private readonly FrameReader _reader = new(ProtocolVersion.MaxBody);
    private readonly ArrayBufferWriter<byte> _output = new(ProtocolVersion.MaxBody);
    private ReadOnlyMemory<byte> _input;

    public bool HalfDuplex => lease.Bus.HalfDuplex;

    public WireClock Wire => lease.Bus.Wire;

    public RttEstimator Rtt => rtt;

    public SequenceCounter Sequence => sequence;

    public TimeSpan Now => lease.Bus.Now;

    public TimeProvider Time => lease.Bus.Time;

    public string LineName => lease.Bus.Link.Name;

    /// <summary>Bytes put on the wire.</summary>
    public long LineBytes { get; private set; }

    /// <summary>Bytes taken from the line, and valid frames among them: the one without the other is garbage.</summary>
    public long BytesReceived { get; private set; }

    public long FramesReceived { get; private set; }

    /// <summary>Sends a command until it is answered.</summary>
    /// <param name="type">What is asked.</param>
    /// <param name="body">Its argument.</param>
    /// <param name="attempts">How often it is sent at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="McuException">Silent or garbled.</exception>
    public async Task<EgpAnswer> AskAsync(FrameType type, ReadOnlyMemory<byte> body, int attempts, CancellationToken cancellationToken)
    {
        var header = new FrameHeader(address, type, sequence.Take(), Ask: true);
        var (bytes, frames) = (BytesReceived, FramesReceived);
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            var asked = await SendAsync(header, body, cancellationToken);
            var answer = await AnswerAsync(header, asked + Patience(), cancellationToken);
            if (answer is not null)
            {
                if (attempt == 1)
                {
                    rtt.Sample(Now - asked - Wire.TimeOf(answer.Body.Length)); // a repeat's answer is ambiguous (Karn)
                }

                return answer with { Attempts = attempt };
            }

            rtt.BackOff();
        }

        throw BytesReceived > bytes && FramesReceived == frames
            ? new McuException(McuFailure.Garbled, $"{BytesReceived - bytes} bytes came from {Node} and no valid frame among them: another protocol, another baud rate, two nodes at one address, or noise.")
            : new McuException(McuFailure.Silent, $"No answer from {Node} to {attempts} x {type}.");
    }

    /// <summary>Collects every answer to one frame that comes until the time is over.</summary>
    public async Task<List<EgpAnswer>> AskAllAsync(
        FrameType type, ReadOnlyMemory<byte> body, TimeSpan time, CancellationToken cancellationToken)
    {
        var header = new FrameHeader(address, type, sequence.Take(), Ask: true);
        var deadline = await SendAsync(header, body, cancellationToken) + time;
        return await AllAnswersAsync(header, deadline, cancellationToken);
    }

    /// <summary>Collects the answers to a frame that was sent before.</summary>
    public async Task<List<EgpAnswer>> AllAnswersAsync(FrameHeader question, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var answers = new List<EgpAnswer>();
        while (await AnswerAsync(question, deadline, cancellationToken) is { } answer)
        {
            answers.Add(answer);
        }

        return answers;
    }

    /// <summary>Puts a frame behind those that <see cref="FlushAsync"/> will write.</summary>
    public void Queue(FrameHeader header, ReadOnlySpan<byte> body)
    {
        if (_output.WrittenCount == 0)
        {
            FrameWriter.WriteBreak(_output);
        }

        _writer.Write(_output, header with { Address = address }, body);
    }

    /// <summary>Bytes that wait for <see cref="FlushAsync"/>.</summary>
    public int Queued => _output.WrittenCount;

    /// <summary>Writes the queued frames to the line.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_output.WrittenCount > 0)
        {
            LineBytes += _output.WrittenCount;
            await lease.WriteAsync(_output.WrittenMemory, cancellationToken);
            _output.ResetWrittenCount();
        }
    }

    /// <summary>Waits for bytes; false where none came before <paramref name="deadline"/>.</summary>
    public async ValueTask<bool> FillAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        _input = await lease.ReadAsync(deadline, cancellationToken);
        BytesReceived += _input.Length;
        return !_input.IsEmpty;
    }

    /// <summary>Next frame of the node among the bytes at hand; frames of others and the gateway's own echo are passed over.</summary>
    public bool TryRead(out Frame frame)
    {
        var rest = _input.Span;
        var found = false;
        while (_reader.TryRead(ref rest, out frame))
        {
            FramesReceived++;
            if (frame.Header.FromNode && (address == 0 || frame.Header.Address == address))
            {
                found = true;
                break;
            }
        }

        _input = _input[^rest.Length..];
        return found;
    }

    public ValueTask DisposeAsync() => lease.DisposeAsync();

    public string Node => address == 0 ? $"the microcontroller on {LineName}" : $"address {address} on {LineName}";

    private TimeSpan Patience() => (rtt.TimeOut > CommandFloor ? rtt.TimeOut : CommandFloor) + Wire.TimeOf(AnswerAllowance);

    private async Task<TimeSpan> SendAsync(FrameHeader header, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Queue(header, body.Span);
        var departure = Wire.Queue(Queued, Now);
        await FlushAsync(cancellationToken);
        return departure;
    }

    private async Task<EgpAnswer?> AnswerAsync(FrameHeader question, TimeSpan deadline, CancellationToken cancellationToken)
    {
        do
        {
            while (TryRead(out var frame))
            {
                if (frame.Header.Type == question.Type && frame.Header.Sequence == question.Sequence)
                {
                    return new EgpAnswer(frame.Header, frame.Body.ToArray(), 1);
                }
            }
        }
        while (await FillAsync(deadline, cancellationToken));

        return null;
    }
}

/// <summary>A node's answer to a command.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Body">Its body.</param>
/// <param name="Attempts">How often the command was sent until it came.</param>
internal sealed record EgpAnswer(FrameHeader Header, byte[] Body, int Attempts);

/// <summary>Counts the frames sent to one node, modulo 256; it goes on across drivers so that a late answer is not mistaken for a fresh one.</summary>
internal sealed class SequenceCounter
{
    /// <summary>Sequence of the next frame.</summary>
    public byte Next { get; set; }

    public byte Take() => Next++;
}
