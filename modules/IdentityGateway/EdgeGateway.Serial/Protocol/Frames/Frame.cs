namespace EdgeGateway.Serial.Protocol.Frames;

/// <summary>A frame that arrived whole. <see cref="Body"/> is valid until the reader that made it is used again.</summary>
public readonly ref struct Frame(FrameHeader header, ReadOnlySpan<byte> body)
{
    public FrameHeader Header { get; } = header;

    public ReadOnlySpan<byte> Body { get; } = body;
}
