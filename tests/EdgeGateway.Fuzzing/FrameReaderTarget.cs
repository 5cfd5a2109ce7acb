using System.Buffers;
using EdgeGateway.Serial.Protocol;
using EdgeGateway.Serial.Protocol.Frames;

namespace EdgeGateway.Fuzzing;

/// <summary>Frames of the serial line: never an exception, no body above the limit, and a frame that was read can be written and read again.</summary>
internal sealed class FrameReaderTarget : FuzzTarget
{
    private readonly FrameWriter _writer = new();

    public override string Name => "frame";

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Frames(new FrameHeader(1, FrameType.Hello, 0, Ask: true)),
        Frames(new FrameHeader(0, FrameType.Data, 255), 0, 0, 1, 0, 0xFF, 0),
        [.. Frames(new FrameHeader(247, FrameType.Poll, 7, FromNode: true), 1, 2, 3), .. Frames(new FrameHeader(2, FrameType.Ping, 8))],
        Frames(new FrameHeader(3, FrameType.Data, 9), [.. Enumerable.Range(0, 600).Select(i => (byte)((i % 255) + 1))]),
    ];

    public override IReadOnlyList<byte[]> Tokens { get; } = [[0], [1], [0xFE], [0xFF], [0, 0]];

    public override bool Run(byte[] input)
    {
        var reader = new FrameReader(ProtocolVersion.MaxBody);
        var accepted = false;

        // the same bytes in pieces, as a line delivers them
        for (var at = 0; at < input.Length;)
        {
            var length = Math.Min((input[at] % 64) + 1, input.Length - at);
            ReadOnlySpan<byte> piece = input.AsSpan(at, length);
            at += length;
            while (reader.TryRead(ref piece, out var frame))
            {
                accepted = true;
                Require(frame.Body.Length <= ProtocolVersion.MaxBody, $"A body of {frame.Body.Length} bytes is above the limit.");
                RequireRoundTrip(frame);
            }

            Require(piece.IsEmpty, "The reader left bytes behind.");
        }

        Require(reader.DamagedFrames <= input.Length, "More damaged frames than bytes.");
        return accepted;
    }

    private void RequireRoundTrip(Frame frame)
    {
        var output = new ArrayBufferWriter<byte>();
        _writer.Write(output, frame.Header, frame.Body);
        var reader = new FrameReader(ProtocolVersion.MaxBody);
        var written = output.WrittenSpan;
        Require(reader.TryRead(ref written, out var again), "A frame that was read cannot be read after it was written.");
        Require(again.Header == frame.Header && again.Body.SequenceEqual(frame.Body) && written.IsEmpty, "A frame changed when it was written and read.");
    }

    private static byte[] Frames(FrameHeader header, params byte[] body)
    {
        var output = new ArrayBufferWriter<byte>();
        new FrameWriter().Write(output, header, body);
        return output.WrittenSpan.ToArray();
    }
}
