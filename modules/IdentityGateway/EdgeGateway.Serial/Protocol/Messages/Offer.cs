namespace EdgeGateway.Serial.Protocol.Messages;

/// <summary>Announces an image before anything is erased (wire-protocol.md 4.3).</summary>
public sealed record Offer
{
    /// <summary>Slot value for "the one that is not running".</summary>
    public const byte InactiveSlot = 0xFF;

    private const byte DiscardPartialFlag = 0x01;
    private const int FixedLength = 38;
    private const int Strings = 3;

    /// <summary>Size of the image in bytes, 1 or more.</summary>
    public required long Size { get; init; }

    public required Sha256Digest Digest { get; init; }

    /// <summary>0, 1 or <see cref="InactiveSlot"/>.</summary>
    public byte Slot { get; init; } = InactiveSlot;

    /// <summary>Forget a partial image instead of resuming it.</summary>
    public bool DiscardPartial { get; init; }

    public required string Vendor { get; init; }

    public required string Model { get; init; }

    public required string Version { get; init; }

    public byte[] ToBody()
    {
        var body = new byte[FixedLength + (Strings * (1 + ProtocolVersion.MaxString))];
        var writer = new BodyWriter(body);
        writer.UInt32(Size);
        writer.Bytes(Digest.Bytes);
        writer.Byte(Slot);
        writer.Byte(DiscardPartial ? DiscardPartialFlag : (byte)0);
        writer.String(Vendor);
        writer.String(Model);
        writer.String(Version);
        return body[..writer.Length];
    }

    public static bool TryRead(ReadOnlySpan<byte> body, out Offer offer)
    {
        var reader = new BodyReader(body);
        offer = new Offer
        {
            Size = reader.UInt32(),
            Digest = reader.Digest(),
            Slot = reader.Byte(),
            DiscardPartial = (reader.Byte() & DiscardPartialFlag) != 0,
            Vendor = reader.String(),
            Model = reader.String(),
            Version = reader.String(),
        };
        return reader.IsGood && offer.Size > 0 && offer.Slot is 0 or 1 or InactiveSlot;
    }
}
