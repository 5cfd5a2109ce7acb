using EdgeGateway.Content;
using EdgeGateway.Serial;

namespace EdgeGateway.Firmware.Tests.Workflow.Support;

/// <summary>An image of made-up bytes.</summary>
internal sealed class Firmware
{
    public Firmware(string version, int size = 10_000)
    {
        Version = version;
        Bytes = new byte[size];
        new Random(version.GetHashCode(StringComparison.Ordinal)).NextBytes(Bytes);
        Digest = Sha256Digest.Of(Bytes);
    }

    public string Version { get; }

    public byte[] Bytes { get; }

    public Sha256Digest Digest { get; }

    public IContentLease Lease() => new FakeLease(Bytes, Digest);
}
