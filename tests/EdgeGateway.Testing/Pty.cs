using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Testing;

/// <summary>A pseudo-terminal: the code under test opens <see cref="SlavePath"/> like a serial port, the test plays the device through <see cref="Master"/>.</summary>
/// <remarks>The pair holds its slave open, so that the master gets no error while no other process has it open.</remarks>
public sealed class Pty : IDisposable
{
    private const nuint GetTermios2 = 0x802C542A;
    private const nuint GetExclusive = 0x80045440;
    private readonly SafeFileHandle _slave;

    /// <param name="raw">Bytes pass untouched from the start; otherwise the settings are those of a fresh terminal, which echoes and translates.</param>
    public Pty(bool raw = true)
    {
        var master = Valid(PtyNative.OpenMaster(PtyNative.OpenFlags), "posix_openpt");
        Check(PtyNative.Unlock(master), "unlockpt");
        Span<byte> name = stackalloc byte[64];
        Check(PtyNative.SlaveName(master, name, (nuint)name.Length), "ptsname_r");
        SlavePath = Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]);
        _slave = Valid(PtyNative.Open(SlavePath, PtyNative.OpenFlags), SlavePath);
        Master = new PtyMasterStream(master);
        if (raw)
        {
            Span<byte> termios = stackalloc byte[256]; // larger than struct termios anywhere
            Check(PtyNative.GetAttributes(_slave, termios), "tcgetattr");
            PtyNative.MakeRaw(termios);
            Check(PtyNative.SetAttributes(_slave, PtyNative.ApplyNow, termios), "tcsetattr");
        }
    }

    /// <summary>The device file to open, such as <c>/dev/pts/7</c>.</summary>
    public string SlavePath { get; }

    /// <summary>The device's end: not seekable, both directions at once, reads and writes can be cancelled.</summary>
    public Stream Master { get; }

    /// <summary>The baud rate that is set on the line now.</summary>
    public int BaudRate
    {
        get
        {
            Span<uint> termios2 = stackalloc uint[11];
            Check(PtyNative.Control(_slave, GetTermios2, termios2), "TCGETS2");
            return (int)termios2[10];
        }
    }

    /// <summary>Gets whether TIOCEXCL is set.</summary>
    public bool IsExclusive
    {
        get
        {
            Span<uint> exclusive = stackalloc uint[1];
            Check(PtyNative.Control(_slave, GetExclusive, exclusive), "TIOCGEXCL");
            return exclusive[0] != 0;
        }
    }

    /// <summary>Closes the master: a process that has the slave open sees the device unplugged.</summary>
    public void Unplug() => Master.Dispose();

    public void Dispose()
    {
        Master.Dispose();
        _slave.Dispose();
    }

    private static SafeFileHandle Valid(SafeFileHandle file, string what) => file.IsInvalid ? throw Error(what) : file;

    private static void Check(int result, string what)
    {
        if (result != 0)
        {
            throw Error(what);
        }
    }

    private static Win32Exception Error(string what)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new Win32Exception(errno, $"{what}: {Marshal.GetPInvokeErrorMessage(errno)}");
    }
}
