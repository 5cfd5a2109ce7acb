using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Serial.Tests.Drivers;

/// <summary>An image that is a byte array.</summary>
internal sealed class MemoryImage(byte[] bytes) : IFirmwareImage
{
    public long Size => bytes.Length;

    public Sha256Digest Digest { get; } = Sha256Digest.Of(bytes);

    public void Read(long offset, Span<byte> buffer) => bytes.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
}
