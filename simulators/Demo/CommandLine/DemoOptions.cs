using EdgeGateway.Simulators.Demo.Deployment;

namespace EdgeGateway.Simulators.Demo.CommandLine;

/// <summary>What the demo is asked to do.</summary>
public sealed record DemoOptions
{
    /// <summary>Microcontrollers in the fleet.</summary>
    /// <value>1 to 1000; default 4.</value>
    public int Mcus { get; init; } = 4;

    /// <summary>The image to roll out.</summary>
    /// <value>Default: none, one is made: of 64 KiB, or of 256 KiB where there are layers.</value>
    public FileInfo? Image { get; init; }

    /// <summary>Speed of the lines in baud.</summary>
    /// <value>300 to 12000000; default 115200.</value>
    public int Baud { get; init; } = 115200;

    /// <summary>Turnaround of the lines in milliseconds.</summary>
    /// <value>0 to 1000; default 2.</value>
    public double LatencyMilliseconds { get; init; } = 2;

    /// <summary>Share of bits that noise turns over.</summary>
    /// <value>0 to 0.001; default 0.</value>
    public double Noise { get; init; }

    /// <summary>Microcontrollers on each line; more than 1 makes it a half-duplex bus.</summary>
    /// <value>1 to 32; default 1.</value>
    public int McusPerBus { get; init; } = 1;

    /// <summary>Gateways behind gateways; the microcontrollers hang on the last.</summary>
    /// <value>1 to 5; default 1.</value>
    public int Layers { get; init; } = 1;

    /// <summary>Size of the image that is made.</summary>
    public int ImageSize => Layers == 1 ? FirmwareImage.DefaultSize : FirmwareImage.LayersSize;

    /// <summary>Kill the gateway in mid-transfer and start it again.</summary>
    public bool KillGateway { get; init; }

    /// <summary>In containers, by docker-compose.yml.</summary>
    public bool Compose { get; init; }

    /// <summary>Plain lines instead of a live picture; also where there is no terminal.</summary>
    public bool Plain { get; init; }

    /// <summary>File to write the report to.</summary>
    public FileInfo? Report { get; init; }

    /// <summary>Seed of the image made and of the lines' noise.</summary>
    /// <value>Default 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Keep the run's folder (logs, state) after success too, and containers that were started.</summary>
    public bool Keep { get; init; }

    /// <summary>Longest time from the deployment to its end.</summary>
    /// <value>Default: derived from the size of the image, the speed and the microcontrollers on a line.</value>
    public TimeSpan? Timeout { get; init; }
}
