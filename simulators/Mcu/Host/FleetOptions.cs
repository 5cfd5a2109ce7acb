using System.Net;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Host.Faults;
using EdgeGateway.Simulators.Mcu.Lines;

namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>A fleet of simulated microcontrollers and the lines they hang on.</summary>
public sealed record FleetOptions
{
    /// <summary>Folder of the flash files and truths, one subfolder each; what is there is gone on with.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Folder of the symbolic links <c>line-1</c>, <c>line-2</c>, ...</summary>
    /// <value>Default: <c>lines</c> in the state folder.</value>
    public string? LinksFolder { get; init; }

    /// <summary>TCP ports instead of pseudo-terminals.</summary>
    public bool Tcp { get; init; }

    /// <summary>Where the first line listens on TCP; the next lines take the next ports, or with port 0 each a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>How many microcontrollers, 1 to 4096.</summary>
    public int Mcus { get; init; } = 4;

    /// <summary>Number of the first, which ids and serial numbers follow from; fleets in one hub need numbers of their own.</summary>
    public int First { get; init; } = 1;

    /// <summary>How many on one line, 1 to 247; more than one makes it a half-duplex bus with addresses from 1.</summary>
    public int McusPerLine { get; init; } = 1;

    /// <summary>Rate, latency and noise of every line.</summary>
    public LineOptions Line { get; init; } = new();

    /// <summary>A host on a bus hears its own bytes.</summary>
    public bool Echo { get; init; }

    /// <summary>Everything random follows from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How the flash of each is divided.</summary>
    public FlashGeometry Geometry { get; init; } = new();

    /// <summary>Time to erase one block.</summary>
    public TimeSpan EraseTime { get; init; }

    /// <summary>Time to program one unit.</summary>
    public TimeSpan ProgramTime { get; init; }

    /// <summary>Bytes digested in a second by VERIFY; 0 for no time at all.</summary>
    public int DigestRate { get; init; } = 8_000_000;

    /// <summary>Receive memory in bytes.</summary>
    public int Window { get; init; } = 8192;

    /// <summary>Longest DATA payload in bytes.</summary>
    public int MaxPayload { get; init; } = 1024;

    /// <summary>Ranges kept beyond a gap; 0 for nodes that go back.</summary>
    public byte MaxRanges { get; init; } = 8;

    /// <summary>Reset to first answer.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromMilliseconds(300);

    public string Vendor { get; init; } = "Contoso";

    public string Model { get; init; } = "MCU-A";

    public string HardwareRevision { get; init; } = "r1";

    /// <summary>Version of the image they leave the factory with.</summary>
    public string FactoryVersion { get; init; } = "1.0.0";

    /// <summary>What is wrong with them.</summary>
    public IReadOnlyList<FaultSpec> Faults { get; init; } = [];

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        Geometry.Validate();
        if (Mcus is < 1 or > 4096)
        {
            throw new ArgumentException($"{Mcus} microcontrollers are asked for; 1 to 4096 are possible.");
        }

        if (First < 1)
        {
            throw new ArgumentException($"The first microcontroller is to have number {First}; numbers begin with 1.");
        }

        if (McusPerLine is < 1 or > 247)
        {
            throw new ArgumentException($"{McusPerLine} microcontrollers on one line are asked for; 1 to 247 are possible.");
        }
    }
}
