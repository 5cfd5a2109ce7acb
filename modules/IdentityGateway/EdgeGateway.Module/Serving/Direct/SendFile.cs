using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Module.Serving.Direct;

/// <summary>What of the C library direct sending needs and .NET does not offer. Numbers are those of Linux on x86-64 and arm64.</summary>
internal static partial class SendFile
{
    /// <summary>The socket takes no more now (EAGAIN).</summary>
    public const int WouldBlock = 11;

    /// <summary>A signal came in between (EINTR).</summary>
    public const int Interrupted = 4;

    /// <summary>The file or socket is closed (EBADF).</summary>
    public const int BadFile = 9;

    /// <summary>Level of socket options: TCP.</summary>
    public const int Tcp = 6;

    /// <summary>Option of a socket: hold back packets that are not full.</summary>
    public const int Cork = 3;

    private const uint OutputQueue = 0x5411;

    /// <summary>Has the kernel send bytes of a file, without a copy in this process (sendfile(2)).</summary>
    /// <param name="socket">A socket that does not block.</param>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the bytes begin; moved behind those that were taken.</param>
    /// <param name="count">How many.</param>
    /// <returns>Bytes taken; 0 at the end of the file; -1 with the reason in the last system error.</returns>
    [LibraryImport("libc", EntryPoint = "sendfile", SetLastError = true)]
    public static partial nint Send(SafeHandle socket, SafeFileHandle file, ref long offset, nuint count);

    /// <summary>Bytes that the kernel took and the other side has not acknowledged; 0 where that is not known.</summary>
    public static int Unsent(SafeHandle socket) => Control(socket, OutputQueue, out var count) == 0 ? count : 0;

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(SafeHandle file, nuint request, out int value);
}
