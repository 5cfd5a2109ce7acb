using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EdgeGateway.Hub.Connections.Stores;

/// <summary>Makes the names in a folder durable: after a rename, the new name survives a power cut only once its folder is flushed too.</summary>
internal static partial class FolderSync
{
    private const int CloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC of Linux, the same on every architecture of .NET
    private const int InvalidArgument = 22; // EINVAL: this file system does not flush folders

    /// <summary>Flushes <paramref name="folder"/> to the disk.</summary>
    /// <exception cref="IOException">The folder cannot be opened or flushed.</exception>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
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
