namespace EdgeGateway.Core;

/// <summary>The bytes of one firmware image, to be read in any order while they are sent and sent again.</summary>
public interface IFirmwareImage
{
    /// <summary>Size in bytes.</summary>
    long Size { get; }

    /// <summary>SHA-256 of all bytes.</summary>
    Sha256Digest Digest { get; }

    /// <summary>Fills <paramref name="buffer"/> with the bytes from <paramref name="offset"/>; the range lies within the image.</summary>
    /// <exception cref="IOException">The bytes cannot be read, or are no longer those of <see cref="Digest"/>.</exception>
    void Read(long offset, Span<byte> buffer);
}
