using System.Buffers;
using EdgeGateway.Serial.Links;
using EdgeGateway.Serial.Protocol;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;

namespace EdgeGateway.Serial.Tests.Drivers.Egp;

/// <summary>The far end of an in-memory line: answers each frame that asks as a test says.</summary>
internal sealed class ScriptedNode : IAsyncDisposable
{
    private readonly ISerialLink _link;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <param name="link">Its end of the line.</param>
    /// <param name="answer">Body of the answer to a frame of that type with that body; null for silence.</param>
    public ScriptedNode(ISerialLink link, Func<FrameType, byte[], byte[]?> answer)
    {
        _link = link;
        _loop = RunAsync(answer);
    }

    /// <summary>Types of the frames that came, in order.</summary>
    public List<FrameType> Heard { get; } = [];

    /// <summary>Sequences of the frames that came, in order.</summary>
    public List<byte> Sequences { get; } = [];

    /// <summary>Address it answers with.</summary>
    public byte Address { get; init; } = 1;

    public static Info Info { get; } = new()
    {
        Version = 1,
        BootState = BootState.Confirmed,
        RunningSlot = 0,
        MaxPayload = 256,
        Window = 1024,
        MaxRanges = 4,
        SlotSize = 65536,
        EraseBlock = 4096,
        ProgramUnit = 8,
        BootTime = TimeSpan.FromMilliseconds(300),
        RunningDigest = Sha256Digest.Of([1]),
        Vendor = "Contoso",
        Model = "MCU-A",
        HardwareRevision = "r1",
        SerialNumber = "SN1",
        RunningVersion = "1.0.0",
    };

    public static byte[] Status(ResultCode result, SessionState session = SessionState.Receiving, long next = 0, long limit = 0) =>
        new Status { Result = result, Session = session, Next = next, Limit = limit, WaitMilliseconds = 1 }.ToBody();

    public async Task WriteAsync(byte[] bytes) => await _link.WriteAsync(bytes, CancellationToken.None);

    public async Task WriteAsync(FrameHeader header, byte[] body)
    {
        var output = new ArrayBufferWriter<byte>();
        new FrameWriter().Write(output, header, body);
        await _link.WriteAsync(output.WrittenMemory, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await _link.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(Func<FrameType, byte[], byte[]?> answer)
    {
        var reader = new FrameReader(ProtocolVersion.MaxBody);
        var buffer = new byte[4096];
        try
        {
            await _link.OpenAsync(_stop.Token);
            while (true)
            {
                var count = await _link.ReadAsync(buffer, _stop.Token);
                foreach (var (header, body) in Frames(reader, buffer.AsSpan(0, count)))
                {
                    Heard.Add(header.Type);
                    Sequences.Add(header.Sequence);
                    if (answer(header.Type, body) is { } reply && header.Ask)
                    {
                        await WriteAsync(header.Answer(Address), reply);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the test is over
        }
        catch (LinkException)
        {
            // the test pulled the plug
        }
    }

    private static List<(FrameHeader Header, byte[] Body)> Frames(FrameReader reader, ReadOnlySpan<byte> input)
    {
        var frames = new List<(FrameHeader, byte[])>();
        while (reader.TryRead(ref input, out var frame))
        {
            frames.Add((frame.Header, frame.Body.ToArray()));
        }

        return frames;
    }
}
