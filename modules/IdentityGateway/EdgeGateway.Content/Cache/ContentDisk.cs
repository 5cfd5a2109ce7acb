using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Content.Cache;

/// <summary>Writes to the real disk.</summary>
internal sealed class ContentDisk(IDisk? system = null) : IContentDisk
{
    private readonly IDisk _system = system ?? SystemDisk.Instance;

    public long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    public void Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(file, bytes, offset);

    public void Publish(SafeFileHandle file, string from, string to)
    {
        _system.Flush(file);
        var folder = Path.GetDirectoryName(to)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            _system.FlushFolder(Path.GetDirectoryName(folder)!);
        }

        _system.Rename(from, to);
        _system.FlushFolder(folder);
    }
}

/// <summary>The disk operations of the store. Tests replace them to make them fail.</summary>
internal interface IContentDisk
{
    /// <summary>Gets the bytes that this process may still write below <paramref name="folder"/>.</summary>
    long FreeBytes(string folder);

    /// <summary>Writes all of <paramref name="bytes"/>.</summary>
    void Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Flushes a written file, gives it its final name, and flushes the folder.</summary>
    void Publish(SafeFileHandle file, string from, string to);
}

/// <summary>Translates disk errors into messages that an operator can act on.</summary>
internal static class DiskErrors
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT
    private const int NoSpaceOnAllocation = unchecked((int)0x80070070); // code of the framework where it preallocates

    public static bool IsDiskError(Exception e) => e is (IOException and not ContentException) or UnauthorizedAccessException;

    public static ContentException Of(Exception e, string what, string folder) => e.HResult switch
    {
        NoSpace or NoSpaceOnAllocation => new ContentException(ContentFailure.Disk, $"The disk of {folder} is full: there is no space for {what}.", e),
        QuotaExceeded => new ContentException(ContentFailure.Disk, $"The disk quota of {folder} is used up: there is no space for {what}.", e),
        _ => new ContentException(ContentFailure.Disk, $"The content store {folder} cannot write {what}: {e.Message}", e),
    };
}
