using EdgeGateway.Firmware.Content.Files;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Firmware.Tests.Content;

/// <summary>The real disk, as full or as broken as a test wants it.</summary>
internal sealed class FaultyDisk : IContentDisk
{
    private readonly ContentDisk _disk = new();
    private long _written;

    /// <summary>Bytes said to be free; follows what is written.</summary>
    public long? Free { get; set; }

    /// <summary>Thrown by writes that find no room in <see cref="Free"/>.</summary>
    public IOException Full { get; set; } = new("No space left on device", 28);

    public Action<string, string> OnPublish { get; set; } = (_, _) => { };

    public long FreeBytes(string folder) => Free is { } free ? free - _written : _disk.FreeBytes(folder);

    public void Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes)
    {
        if (Free is { } free && free - _written < bytes.Length)
        {
            throw Full;
        }

        _written += bytes.Length;
        _disk.Write(file, offset, bytes);
    }

    public void Publish(SafeFileHandle file, string from, string to)
    {
        OnPublish(from, to);
        _disk.Publish(file, from, to);
    }
}
