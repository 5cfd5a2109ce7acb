namespace EdgeGateway.Serial.Drivers;

/// <summary>What a microcontroller says of itself when it is identified.</summary>
public sealed record McuFacts
{
    /// <summary>Vendor, at most 64 bytes.</summary>
    public required string Vendor { get; init; }

    /// <summary>Class of device: what an image must be made for. Called model in twins.</summary>
    public required string Model { get; init; }

    /// <summary>Hardware revision.</summary>
    public required string HardwareRevision { get; init; }

    /// <summary>Serial number: unique among microcontrollers of one vendor.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>Version of the running image.</summary>
    public required string RunningVersion { get; init; }

    /// <summary>Digest of the running image; unknown where the microcontroller cannot tell.</summary>
    public Sha256Digest RunningDigest { get; init; }

    /// <summary>How the running image came to run.</summary>
    public required BootState BootState { get; init; }

    /// <summary>Size of an image slot in bytes: no larger image fits.</summary>
    public required long SlotSize { get; init; }

    /// <summary>Smallest piece of flash that can be erased, in bytes.</summary>
    public int EraseBlock { get; init; }

    /// <summary>Smallest piece of flash that can be programmed, in bytes.</summary>
    public int ProgramUnit { get; init; }

    /// <summary>Time from reset to first answer.</summary>
    public TimeSpan BootTime { get; init; }

    /// <summary>True where an older image is kept that <see cref="IMcuDriver.RollBackAsync"/> can bring back.</summary>
    public bool CanRollBack { get; init; }
}
