using System.Text;

namespace EdgeGateway.Simulators.Mcu.Flash.Metadata;

/// <summary>Bytes of a <see cref="NodeState"/> in flash. What is absent takes one byte.</summary>
internal static class NodeStateCodec
{
    public static byte[] Encode(NodeState state)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write((byte)state.Active);
        writer.Write(state.RolledBack);
        writer.Write(state.BootCount);
        Write(writer, state.ImageA);
        Write(writer, state.ImageB);
        writer.Write(state.Trial is not null);
        if (state.Trial is { } trial)
        {
            writer.Write((byte)trial.Slot);
            writer.Write(trial.Seconds);
            writer.Write(trial.Boots);
        }

        writer.Write(state.Partial is not null);
        if (state.Partial is { } partial)
        {
            writer.Write((byte)partial.Slot);
            writer.Write(partial.Size);
            writer.Write(partial.Digest.Bytes);
            writer.Write(partial.Version);
            writer.Write(partial.Committed);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    public static NodeState Decode(ReadOnlySpan<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
        return new NodeState
        {
            Active = (Slot)reader.ReadByte(),
            RolledBack = reader.ReadBoolean(),
            BootCount = reader.ReadUInt32(),
            ImageA = ReadImage(reader),
            ImageB = ReadImage(reader),
            Trial = reader.ReadBoolean() ? new TrialRecord((Slot)reader.ReadByte(), reader.ReadUInt16(), reader.ReadByte()) : null,
            Partial = reader.ReadBoolean()
                ? new PartialImage((Slot)reader.ReadByte(), reader.ReadInt32(), ReadDigest(reader), reader.ReadString(), reader.ReadInt32())
                : null,
        };
    }

    private static void Write(BinaryWriter writer, SlotImage? image)
    {
        writer.Write(image is not null);
        if (image is not null)
        {
            writer.Write(image.Size);
            writer.Write(image.Digest.Bytes);
            writer.Write(image.Version);
            writer.Write(image.Proven);
        }
    }

    private static SlotImage? ReadImage(BinaryReader reader) => reader.ReadBoolean()
        ? new SlotImage(reader.ReadInt32(), ReadDigest(reader), reader.ReadString(), reader.ReadBoolean())
        : null;

    private static Sha256Digest ReadDigest(BinaryReader reader) => new(reader.ReadBytes(Sha256Digest.Length));
}
