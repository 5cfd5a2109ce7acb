using EdgeGateway.Serial;

namespace EdgeGateway.Scenarios.Site;

/// <summary>An image to be deployed.</summary>
internal sealed record FirmwareImage(byte[] Content)
{
    public const int UsualSize = 40_000;

    public Sha256Digest Digest { get; } = Sha256Digest.Of(Content);

    public int Size => Content.Length;

    /// <summary>Bytes that no other image has, the same for the same seed.</summary>
    public static FirmwareImage Of(int seed, int size = UsualSize)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        return new FirmwareImage(content);
    }
}
