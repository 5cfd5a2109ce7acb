using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EdgeGateway.Scenarios.Site;

/// <summary>A disk of its own in a folder, so small that it can be filled.</summary>
internal sealed partial class SmallDisk : IDisposable
{
    private const int Detach = 2; // MNT_DETACH: goes when the last file is closed
    private readonly string _folder;

    /// <param name="folder">Made if need be.</param>
    /// <param name="bytes">Size.</param>
    public SmallDisk(string folder, int bytes)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        Check(Mount("tmpfs", _folder, "tmpfs", 0, $"size={bytes}"), "mount");
    }

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Leaves not a byte free.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // that is the end of it
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose() => Check(Unmount(_folder, Detach), "umount");

    private static void Check(int result, string what)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), what);
        }
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
