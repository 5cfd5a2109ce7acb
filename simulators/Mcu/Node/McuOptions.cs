using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Simulators.Mcu.Flash;

namespace EdgeGateway.Simulators.Mcu.Node;

/// <summary>What a simulated microcontroller is.</summary>
public sealed record McuOptions
{
    /// <summary>Name in the simulator, such as <c>mcu-01</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Serial number it tells.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>Address on the line, 1-247.</summary>
    public byte Address { get; init; } = 1;

    /// <summary>It hangs on a half-duplex bus: it does not answer address 0, and waits before it drives the line.</summary>
    public bool HalfDuplex { get; init; }

    public string Vendor { get; init; } = "Contoso";

    public string Model { get; init; } = "MCU-A";

    public string HardwareRevision { get; init; } = "r1";

    /// <summary>How its flash is divided.</summary>
    public FlashGeometry Geometry { get; init; } = new();

    /// <summary>Time to erase one block.</summary>
    public TimeSpan EraseTime { get; init; }

    /// <summary>Time to program one unit.</summary>
    public TimeSpan ProgramTime { get; init; }

    /// <summary>Receive memory in bytes, at least <see cref="MaxPayload"/>.</summary>
    public int Window { get; init; } = 8192;

    /// <summary>Longest DATA payload in bytes, 16-4096.</summary>
    public int MaxPayload { get; init; } = 1024;

    /// <summary>Ranges kept beyond a gap; 0 for a node that drops them and goes back.</summary>
    public byte MaxRanges { get; init; } = 8;

    /// <summary>Reset to first answer; the node is deaf and silent meanwhile.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>After this time the watchdog resets an image that does not come up.</summary>
    public TimeSpan WatchdogTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time from the last byte of a question to the first of its answer.</summary>
    public TimeSpan ReplyDelay { get; init; }

    /// <summary>Bytes digested in a second by VERIFY; 0 for no time at all.</summary>
    public int DigestRate { get; init; } = 8_000_000;

    /// <summary>Time of one character on its line.</summary>
    public TimeSpan CharacterTime { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        Geometry.Validate();
        Check(Address is >= 1 and <= FrameHeader.MaxAddress, $"address {Address}", $"1 to {FrameHeader.MaxAddress}");
        Check(MaxPayload is >= 16 and <= 4096, $"a payload of {MaxPayload} bytes", "16 to 4096");
        Check(Window >= MaxPayload, $"a window of {Window} bytes", $"at least the payload ({MaxPayload})");
    }

    private void Check(bool good, string found, string expected)
    {
        if (!good)
        {
            throw new ArgumentException($"{Id} has {found}; {expected} is expected.");
        }
    }
}
