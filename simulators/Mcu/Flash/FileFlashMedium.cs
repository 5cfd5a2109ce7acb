using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Simulators.Mcu.Flash;

/// <summary>Flash in a file, so that it survives the end of the simulator however it comes.</summary>
/// <remarks>Bytes are stored inverted: erased flash is then a hole in a sparse file and takes no disk.</remarks>
public sealed class FileFlashMedium : IFlashMedium
{
    private readonly SafeFileHandle _file;
    private byte[] _scratch = new byte[4096];

    /// <summary>Opens or creates the file.</summary>
    /// <exception cref="InvalidDataException">The file belongs to flash of another size.</exception>
    public FileFlashMedium(string path, FlashGeometry geometry)
    {
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        Length = geometry.TotalSize;
        var found = RandomAccess.GetLength(_file);
        if (found == 0)
        {
            RandomAccess.SetLength(_file, Length);
        }
        else if (found != Length)
        {
            _file.Dispose();
            throw new InvalidDataException(
                $"{path} holds {found} bytes of flash; {Length} are expected. It was made with another slot size or erase block: use those, or another folder.");
        }
    }

    public long Length { get; }

    public void Read(long address, Span<byte> destination)
    {
        for (var count = 0; count < destination.Length;)
        {
            var read = RandomAccess.Read(_file, destination[count..], address + count);
            if (read == 0)
            {
                throw new ArgumentOutOfRangeException(nameof(address), address, $"The flash has {Length} bytes.");
            }

            count += read;
        }

        Invert(destination, destination);
    }

    public void Write(long address, ReadOnlySpan<byte> source)
    {
        if (_scratch.Length < source.Length)
        {
            _scratch = new byte[source.Length];
        }

        var inverted = _scratch.AsSpan(0, source.Length);
        Invert(source, inverted);
        RandomAccess.Write(_file, inverted, address);
    }

    public void Dispose() => _file.Dispose();

    private static void Invert(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(from);
        var inverted = MemoryMarshal.Cast<byte, ulong>(to);
        for (var i = 0; i < words.Length; i++)
        {
            inverted[i] = ~words[i];
        }

        for (var i = words.Length * sizeof(ulong); i < from.Length; i++)
        {
            to[i] = (byte)~from[i];
        }
    }
}
