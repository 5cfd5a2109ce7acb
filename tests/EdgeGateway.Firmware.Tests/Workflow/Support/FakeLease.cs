using EdgeGateway.Content;
using EdgeGateway.Serial;

namespace EdgeGateway.Firmware.Tests.Workflow.Support;

internal sealed class FakeLease(byte[] bytes, Sha256Digest digest) : IContentLease
{
    public long Size => bytes.Length;

    public Sha256Digest Digest => digest;

    public bool IsDisposed { get; private set; }

    public void Read(long offset, Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        bytes.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
    }

    public void Dispose() => IsDisposed = true;
}
