namespace EdgeGateway.Simulators.Mcu.Flash;

/// <summary>Where the bytes of a simulated flash live. It knows no rules; <see cref="NorFlash"/> does.</summary>
public interface IFlashMedium : IDisposable
{
    /// <summary>Bytes it holds. A new medium holds FF only.</summary>
    long Length { get; }

    void Read(long address, Span<byte> destination);

    void Write(long address, ReadOnlySpan<byte> source);
}
