using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Serial.Links.Posix;

/// <summary>The few functions of the C library that serial ports need and .NET does not offer.</summary>
/// <remarks>
/// Numbers are those of include/uapi/asm-generic (fcntl.h, ioctls.h, termbits.h) and linux/serial.h, which x86-64 and arm64 share, and so are the
/// layouts of the structures, with one exception: epoll_event is packed on x86-64 only, see <see cref="EpollLoop"/>.
/// </remarks>
internal static unsafe partial class Libc
{
    public const int OpenReadWrite = 0x2;
    public const int OpenNoControllingTerminal = 0x100;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;

    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;
    public const int Unlock = 8;

    public const uint TermiosGet2 = 0x802C542A;
    public const uint TermiosSet2 = 0x402C542B;
    public const uint Flush = 0x540B;
    public const uint OutputQueue = 0x5411;
    public const uint ExclusiveOn = 0x540C;
    public const uint ExclusiveOff = 0x540D;
    public const uint SerialGet = 0x541E;
    public const uint SerialSet = 0x541F;
    public const uint Rs485Set = 0x542F;

    public const nint FlushOutput = 1;
    public const nint FlushBoth = 2;

    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const int EpollModify = 3;
    public const int EpollCloseOnExec = 0x80000;
    public const int EventCloseOnExec = 0x80000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, nuint request, ref int argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, nuint request, ref Termios2 argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, nuint request, Span<uint> argument);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial SafeFileHandle EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(SafeFileHandle epoll, int operation, SafeFileHandle file, byte* epollEvent);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(SafeFileHandle epoll, byte* events, int maxEvents, int timeout);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial SafeFileHandle EventFile(uint initialValue, int flags);

    /// <summary>Ends exclusive use before the close: TIOCEXCL outlives the close while another process has the port open, the lock while a child process starts.</summary>
    public static void GiveBack(SafeFileHandle file)
    {
        _ = Control(file, ExclusiveOff, 0);
        _ = Lock(file, Unlock);
    }
}

/// <summary>Error numbers of Linux that links tell apart (include/uapi/asm-generic/errno-base.h, errno.h).</summary>
internal static class Errno
{
    public const int Perm = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int Io = 5;
    public const int NoSuchAddress = 6;
    public const int Again = 11;
    public const int Access = 13;
    public const int Busy = 16;
    public const int NoDevice = 19;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int Invalid = 22;
    public const int TooManyFilesInSystem = 23;
    public const int TooManyFiles = 24;
    public const int NotTty = 25;
    public const int NameTooLong = 36;
    public const int Loop = 40;
}
