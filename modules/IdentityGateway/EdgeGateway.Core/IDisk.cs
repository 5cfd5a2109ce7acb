using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Core;

/// <summary>The operations that make files durable. Tests replace them to see their order and to make them fail.</summary>
public interface IDisk
{
    /// <summary>Writes the cached bytes of a file to the disk (fsync).</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    void Flush(SafeFileHandle file);

    /// <summary>Renames a file; one that has the new name already is replaced.</summary>
    void Rename(string path, string newPath);

    /// <summary>Writes the names in a folder to the disk: after a rename, a new name survives a power cut only once its folder is flushed.</summary>
    /// <exception cref="IOException">The folder cannot be opened or flushed.</exception>
    void FlushFolder(string folder);
}

/// <summary>Flushes and renames with the functions of the operating system.</summary>
public sealed partial class SystemDisk : IDisk
{
    private const int CloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC of Linux, the same on every architecture of .NET
    private const int InvalidArgument = 22; // EINVAL: this file system does not flush folders

    /// <summary>Gets the only instance: it has no state.</summary>
    public static SystemDisk Instance { get; } = new();

    private SystemDisk()
    {
    }

    /// <inheritdoc/>
    public void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    /// <inheritdoc/>
    public void Rename(string path, string newPath) => File.Move(path, newPath, overwrite: true);

    /// <inheritdoc/>
    public void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // other systems write the names of a folder with the rename
        }

        var descriptor = Open(folder, CloseOnExec);
        if (descriptor < 0)
        {
            throw Failed("opened", folder);
        }

        try
        {
            if (Fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            {
                throw Failed("flushed", folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string what, string folder)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"The folder {folder} cannot be {what}: {new Win32Exception(error).Message}.", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
