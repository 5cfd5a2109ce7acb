namespace EdgeGateway.Simulators.Mcu.Flash;

/// <summary>Flash that lives as long as the process, for tests.</summary>
public sealed class MemoryFlashMedium : IFlashMedium
{
    private readonly byte[] _bytes;

    public MemoryFlashMedium(FlashGeometry geometry)
    {
        _bytes = new byte[geometry.TotalSize];
        _bytes.AsSpan().Fill(0xFF);
    }

    private MemoryFlashMedium(byte[] bytes) => _bytes = bytes;

    public long Length => _bytes.Length;

    /// <summary>A copy to try something on.</summary>
    public MemoryFlashMedium Copy() => new([.. _bytes]);

    public void Read(long address, Span<byte> destination) => _bytes.AsSpan((int)address, destination.Length).CopyTo(destination);

    public void Write(long address, ReadOnlySpan<byte> source) => source.CopyTo(_bytes.AsSpan((int)address));

    public void Dispose()
    {
    }
}
