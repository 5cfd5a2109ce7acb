using System.Runtime.InteropServices;
using System.Text;

namespace EdgeGateway.Simulators.Mcu.Terminal;

/// <summary>A raw pseudo-terminal behind a symbolic link whose name stays the same when it is unplugged and plugged in again.</summary>
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

        // Held open, so that a host that closes the port and opens it again finds the same line, not a hang-up.
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
        return count < 0 && Unexpected(out var error) ? throw new IOException($"Reading {Port} failed: {error}.") : Math.Max(count, 0);
    }

    public int Write(ReadOnlySpan<byte> bytes)
    {
        var count = (int)LibC.Write(_master, bytes, bytes.Length);
        return count < 0 && Unexpected(out var error) ? throw new IOException($"Writing {Port} failed: {error}.") : Math.Max(count, 0);
    }

    public void Dispose()
    {
        RemoveLink();
        _ = LibC.Close(_slave);
        _ = LibC.Close(_master);
    }

    private static bool Unexpected(out string error)
    {
        var number = Marshal.GetLastPInvokeError();
        error = Marshal.GetPInvokeErrorMessage(number);
        return number is not (LibC.Again or LibC.Interrupted or LibC.InputOutput);
    }

    private void RemoveLink()
    {
        if (new FileInfo(Port).LinkTarget is not null)
        {
            File.Delete(Port);
        }
    }
}
