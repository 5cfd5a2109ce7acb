using EdgeGateway.Simulators.Mcu.Host;
using EdgeGateway.Simulators.Mcu.Lines;

namespace EdgeGateway.Scenarios.Site;

/// <summary>How a site differs from the usual one: one microcontroller that boots at once, on a line as fast as the machine.</summary>
internal sealed record SiteOptions
{
    /// <summary>Fastest rate that the gateway can set, for lines that the simulator does not pace.</summary>
    private const int Unpaced = 4_000_000;

    public int Mcus { get; init; } = 1;

    public int McusPerLine { get; init; } = 1;

    /// <summary>Paces the lines; 0 for as fast as the machine.</summary>
    public int Baud { get; init; }

    /// <summary>Changes the fleet.</summary>
    public Func<FleetOptions, FleetOptions> Fleet { get; init; } = fleet => fleet;

    /// <summary>Settings of the gateway that differ, by full key.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Microcontrollers that are on a line, but not in the gateway's settings.</summary>
    public IReadOnlyCollection<string> Unknown { get; init; } = [];

    /// <summary>False: the test starts the gateway.</summary>
    public bool StartGateway { get; init; } = true;

    public int GatewayBaud => Baud == 0 ? Unpaced : Baud;

    public FleetOptions FleetOptions(string stateFolder) => Fleet(new FleetOptions
    {
        StateFolder = stateFolder,
        Mcus = Mcus,
        McusPerLine = McusPerLine,
        Line = new LineOptions { Baud = Baud },
        BootTime = TimeSpan.FromMilliseconds(20),
        Geometry = new() { SlotSize = 256 * 1024 },
    });
}
