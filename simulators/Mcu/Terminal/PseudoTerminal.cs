using System.Runtime.InteropServices;
using System.Text;

namespace EdgeGateway.Simulators.Mcu.Terminal;

/// <summary>A raw pseudo-terminal behind a symbolic link whose name stays the same when it is unplugged and plugged in again.</summary>
/// <remarks>
/// The simulator holds the line open beside the host, so that it stays raw and never hangs up while one host goes and the next comes. A real port would
/// lose the exclusive mark of a killed host at its last close; a held one keeps it, so it is taken off whenever the host speaks.
/// </remarks>
internal sealed class PseudoTerminal : ITerminal
{
    private readonly int _master;
    private readonly int _slave;

    /// <param name="link">Path of the symbolic link; what stands there is replaced if it is a link.</param>
    public PseudoTerminal(string link)
    {
        _master = LibC.Check(
            LibC.OpenMaster(LibC.ReadWrite | LibC.NoControllingTerminal | LibC.NonBlocking | LibC.CloseOnExec), "posix_openpt");
        LibC.Check(LibC.Grant(_master), "grantpt");
        LibC.Check(LibC.Unlock(_master), "unlockpt");
        Span<byte> name = stackalloc byte[128];
        LibC.Check(-Math.Abs(LibC.SlaveName(_master, name, name.Length)), "ptsname_r");
        Device = Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]);
        _slave = LibC.Check(LibC.Open(Device, LibC.ReadWrite | LibC.NoControllingTerminal | LibC.CloseOnExec), $"open {Device}");
        Span<byte> termios = stackalloc byte[LibC.TermiosLength];
        LibC.Check(LibC.GetAttributes(_slave, termios), "tcgetattr");
        LibC.MakeRaw(termios);
        LibC.Check(LibC.SetAttributes(_slave, LibC.ApplyNow, termios), "tcsetattr");
        Port = link;
        RemoveLink();
        File.CreateSymbolicLink(link, Device);
    }

    public string Port { get; }

    /// <summary>The pseudo-terminal itself, such as <c>/dev/pts/7</c>.</summary>
    public string Device { get; }

    public void Watch(Epoll epoll, int token) => epoll.Watch(_master, token);

    public int Read(Span<byte> destination)
    {
        var count = (int)LibC.Read(_master, destination, destination.Length);
        Check(count, "Reading");
        if (count > 0)
        {
            LibC.Check(LibC.Control(_slave, LibC.EndExclusive, 0), "ioctl TIOCNXCL");
        }

        return Math.Max(count, 0);
    }

    public int Write(ReadOnlySpan<byte> bytes)
    {
        var count = (int)LibC.Write(_master, bytes, bytes.Length);
        Check(count, "Writing");
        return Math.Max(count, 0);
    }

    public void Dispose()
    {
        RemoveLink();
        _ = LibC.Close(_slave);
        _ = LibC.Close(_master);
    }

    private void Check(int count, string what)
    {
        if (count < 0 && Marshal.GetLastPInvokeError() is not (LibC.Again or LibC.Interrupted) and var error)
        {
            throw new IOException($"{what} {Port} failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).");
        }
    }

    private void RemoveLink()
    {
        if (new FileInfo(Port).LinkTarget is not null)
        {
            File.Delete(Port);
        }
    }
}
