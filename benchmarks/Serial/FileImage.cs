namespace EdgeGateway.Benchmarks.Serial;

/// <summary>An image that is held in memory.</summary>
internal sealed class FileImage(byte[] bytes) : IFirmwareImage
{
    public long Size => bytes.Length;

    public Sha256Digest Digest { get; } = Sha256Digest.Of(bytes);

    public void Read(long offset, Span<byte> buffer) => bytes.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
}
