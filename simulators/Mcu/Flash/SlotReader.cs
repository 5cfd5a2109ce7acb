using System.Security.Cryptography;
using EdgeGateway.Serial.Protocol.Frames;

namespace EdgeGateway.Simulators.Mcu.Flash;

/// <summary>Checksums over the leading bytes of a slot, read back from the flash.</summary>
public static class SlotReader
{
    private const int PieceLength = 4096;

    /// <summary>SHA-256 of the first <paramref name="length"/> bytes.</summary>
    public static Sha256Digest Digest(NorFlash flash, Slot slot, int length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ForEachPiece(flash, slot, length, piece => hash.AppendData(piece));
        return new Sha256Digest(hash.GetHashAndReset());
    }

    /// <summary>CRC-32C of the first <paramref name="length"/> bytes.</summary>
    public static uint Crc(NorFlash flash, Slot slot, int length)
    {
        var crc = Crc32C.Empty;
        ForEachPiece(flash, slot, length, piece => crc = Crc32C.Append(crc, piece));
        return crc;
    }

    private static void ForEachPiece(NorFlash flash, Slot slot, int length, Action<ReadOnlySpan<byte>> use)
    {
        var buffer = new byte[PieceLength];
        for (var offset = 0; offset < length; offset += PieceLength)
        {
            var piece = buffer.AsSpan(0, Math.Min(PieceLength, length - offset));
            flash.Read(flash.Geometry.AddressOf(slot) + offset, piece);
            use(piece);
        }
    }
}
