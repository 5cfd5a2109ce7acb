using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeGateway.Serial.Links.Posix;

/// <summary>Terminal settings with speeds as plain numbers: <c>struct termios2</c> of include/uapi/asm-generic/termbits.h, 44 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Termios2
{
    private const uint IgnoreBreak = 0x1;
    private const uint IgnoreParityErrors = 0x4;
    private const uint CheckParity = 0x10;

    private const uint EightBits = 0x30;
    private const uint SizeMask = 0x30;
    private const uint TwoStopBits = 0x40;
    private const uint Receive = 0x80;
    private const uint ParityOn = 0x100;
    private const uint ParityOdd = 0x200;
    private const uint IgnoreModemLines = 0x800;
    private const uint OtherSpeed = 0x1000;
    private const uint FormatMask = SizeMask | TwoStopBits | ParityOn | ParityOdd;

    private const int MinimumBytes = 6;
    private const int WaitTenths = 5;

    private uint _input;
    private uint _output;
    private uint _control;
    private uint _local;
    private byte _lineDiscipline;
    private ControlCharacters _characters;
    private uint _inputSpeed;
    private uint _outputSpeed;

    /// <summary>Bits per second the driver really set.</summary>
    public readonly uint Speed => _outputSpeed;

    /// <summary>Bytes pass untouched both ways, no flow control, modem lines ignored, and they stay as they are at close (no HUPCL: DTR resets many boards).</summary>
    /// <remarks>Breaks and bytes with framing or parity errors are dropped: as zeros they would look like ends of frames.</remarks>
    public void MakeRaw(PortSettings settings)
    {
        _input = IgnoreBreak | IgnoreParityErrors | (settings.Parity == Parity.None ? 0 : CheckParity);
        _output = 0;
        _local = 0;
        _lineDiscipline = 0; // N_TTY
        _control = OtherSpeed | Receive | IgnoreModemLines | Format(settings);
        Span<byte> characters = _characters;
        characters[MinimumBytes] = 1;
        characters[WaitTenths] = 0;
        _inputSpeed = _outputSpeed = (uint)settings.BaudRate;
    }

    /// <summary>Whether the driver took data bits, parity and stop bits.</summary>
    public readonly bool HasFormatOf(PortSettings settings) => (_control & FormatMask) == Format(settings);

    private static uint Format(PortSettings settings)
    {
        var parity = settings.Parity switch { Parity.Even => ParityOn, Parity.Odd => ParityOn | ParityOdd, _ => 0u };
        return EightBits | parity | (settings.StopBits == StopBits.Two ? TwoStopBits : 0);
    }

    [InlineArray(19)]
    private struct ControlCharacters
    {
        private byte _first;
    }
}

/// <summary>What a serial port is opened with: a copy of the options, which may change later.</summary>
internal sealed record PortSettings(string Path, int BaudRate, Parity Parity, StopBits StopBits, bool HalfDuplex, bool LowLatency);
