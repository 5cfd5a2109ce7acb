using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Content.Files;

/// <summary>The real disk.</summary>
internal sealed class ContentDisk : IContentDisk
{
    public long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    public void Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(file, bytes, offset);

    public void Publish(SafeFileHandle file, string from, string to)
    {
        RandomAccess.FlushToDisk(file);
        var folder = Path.GetDirectoryName(to)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            SystemDisk.Instance.FlushFolder(Path.GetDirectoryName(folder)!);
        }

        File.Move(from, to, overwrite: true);
        SystemDisk.Instance.FlushFolder(folder);
    }
}
