using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Serial.Links.Posix;

/// <summary>Opens a serial port raw and exclusively with the settings of its line.</summary>
/// <remarks>The path's symbolic links are followed at each open: after a replug a name in /dev/serial/by-id leads to another device file.</remarks>
internal sealed partial class TermiosOpener(string name, PortSettings settings, EpollLoop loop, ILogger logger) : ILineOpener
{
    private const int LowLatencyFlag = 0x2000; // ASYNC_LOW_LATENCY of linux/tty_flags.h
    private const int SerialFlagsIndex = 4; // serial_struct: type, line, port, irq, flags...
    private const uint Rs485EnabledRtsOnSend = 0x1 | 0x2;
    private const double BaudTolerance = 0.03;

    private string Path => settings.Path;

    public async ValueTask<IOpenLine> OpenAsync(CancellationToken cancellationToken)
    {
        // Opening and setting a USB port may take the device's time, so not on the caller's thread.
        var file = await Task.Run(Open, cancellationToken).ConfigureAwait(false);
        return TermiosLine.Start(new LineState(name, logger), file, loop);
    }

    private SafeFileHandle Open()
    {
        const int flags = Libc.OpenReadWrite | Libc.OpenNoControllingTerminal | Libc.OpenNonBlocking | Libc.OpenCloseOnExec;
        var file = Libc.Open(Path, flags);
        try
        {
            if (file.IsInvalid)
            {
                var errno = Marshal.GetLastPInvokeError();
                throw errno == Errno.Busy ? PortErrors.Busy(Path, PortHolder.Find(Path)) : PortErrors.Opening(Path, errno);
            }

            var termios = new Termios2();
            Check(Libc.Control(file, Libc.TermiosGet2, ref termios));
            TakeExclusively(file);
            SetUp(file, termios);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>TIOCEXCL keeps other users out, even by another device file, but not root; flock keeps out every program that asks, root too.</summary>
    /// <remarks>
    /// A killed process leaves TIOCEXCL behind while another process has the port open, and only root can open it then. So it is not asked
    /// whether it was set before, and it is not set on pseudo-terminals, which the program that serves them (a simulator, socat) often holds open.
    /// </remarks>
    private void TakeExclusively(SafeFileHandle file)
    {
        if (Libc.Lock(file, Libc.LockExclusive | Libc.LockNonBlocking) < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            throw errno == Errno.Again ? PortErrors.Busy(Path, PortHolder.Find(Path)) : PortErrors.Opening(Path, errno);
        }

        if (!IsPseudoTerminal(file))
        {
            Check(Libc.Control(file, Libc.ExclusiveOn, 0));
        }
    }

    private void SetUp(SafeFileHandle file, Termios2 termios)
    {
        try
        {
            Set(file, termios);
            AskForLowLatency(file);
            AskForDirectionControl(file);
            Check(Libc.Control(file, Libc.Flush, Libc.FlushBoth));
        }
        catch
        {
            Libc.GiveBack(file);
            throw;
        }
    }

    private void Set(SafeFileHandle file, Termios2 termios)
    {
        termios.MakeRaw(settings);
        if (Libc.Control(file, Libc.TermiosSet2, ref termios) < 0 && Marshal.GetLastPInvokeError() is var errno)
        {
            throw errno == Errno.Invalid
                ? new LinkException(LinkFailure.BadSettings, $"{Path} refuses {Wanted()}.")
                : PortErrors.Opening(Path, errno);
        }

        // The call succeeds if the driver took any of the settings, so look at what it made of them.
        Check(Libc.Control(file, Libc.TermiosGet2, ref termios));
        if (Math.Abs(termios.Speed - (double)settings.BaudRate) > BaudTolerance * settings.BaudRate)
        {
            throw new LinkException(
                LinkFailure.BadSettings,
                $"{Path} runs at {termios.Speed} baud where {settings.BaudRate} were asked for: choose a rate it can do.");
        }

        if (!termios.HasFormatOf(settings))
        {
            throw new LinkException(LinkFailure.BadSettings, $"{Path} does not take {Wanted()}: its driver kept another parity or other stop bits.");
        }
    }

    private void AskForLowLatency(SafeFileHandle file)
    {
        if (!settings.LowLatency)
        {
            return;
        }

        Span<uint> serial = stackalloc uint[32]; // serial_struct has 72 bytes
        if (Libc.Control(file, Libc.SerialGet, serial) == 0)
        {
            serial[SerialFlagsIndex] |= LowLatencyFlag;
            if (Libc.Control(file, Libc.SerialSet, serial) == 0)
            {
                return;
            }
        }

        // Pseudo-terminals and drivers without the setting: nothing to gain there.
        LogNoLowLatency(logger, name, PortErrors.Words(Marshal.GetLastPInvokeError()));
    }

    private void AskForDirectionControl(SafeFileHandle file)
    {
        if (!settings.HalfDuplex)
        {
            return;
        }

        Span<uint> rs485 = stackalloc uint[8];
        rs485.Clear();
        rs485[0] = Rs485EnabledRtsOnSend;
        if (Libc.Control(file, Libc.Rs485Set, rs485) < 0)
        {
            LogNoDirectionControl(logger, name, PortErrors.Words(Marshal.GetLastPInvokeError()));
        }
    }

    private static bool IsPseudoTerminal(SafeFileHandle file) =>
        new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget?.StartsWith("/dev/pts/", StringComparison.Ordinal) == true;

    private string Wanted() => $"{settings.BaudRate} baud, parity {settings.Parity}, {(int)settings.StopBits} stop bit(s)";

    private void Check(int result)
    {
        if (result < 0)
        {
            throw PortErrors.Opening(Path, Marshal.GetLastPInvokeError());
        }
    }

    [LoggerMessage(1010, LogLevel.Debug, "Line {Port}: its driver has no low-latency setting ({Reason})")]
    private static partial void LogNoLowLatency(ILogger logger, string port, string reason);

    [LoggerMessage(1011, LogLevel.Debug, "Line {Port}: its driver does not switch the direction, the adapter must do so by itself ({Reason})")]
    private static partial void LogNoDirectionControl(ILogger logger, string port, string reason);
}
