namespace EdgeGateway.Simulators.Mcu.Node;

/// <summary>What is wrong with a microcontroller; can be changed while it runs.</summary>
public sealed class McuFaults
{
    /// <summary>It answers nothing.</summary>
    public bool Silent { get; set; }

    /// <summary>It answers random bytes.</summary>
    public bool Garbage { get; set; }

    /// <summary>It is no node at all but an ASCII shell that echoes.</summary>
    public bool Shell { get; set; }

    /// <summary>A new image never comes up: the watchdog resets it.</summary>
    public bool DeadImage { get; set; }

    /// <summary>VERIFY finds a bit of the slot changed.</summary>
    public bool BitRot { get; set; }

    /// <summary>It refuses every version.</summary>
    public bool RefusesVersion { get; set; }

    /// <summary>It refuses the signature of every image.</summary>
    public bool RefusesSignature { get; set; }

    /// <summary>It is from before RESET and IDENTIFY and knows neither.</summary>
    public bool OldFirmware { get; set; }

    /// <summary>Offset in the slot of a cell that cannot be programmed; null for none.</summary>
    public int? ProgramFailsAt { get; set; }

    /// <summary>Offset in the slot of a block that cannot be erased; null for none.</summary>
    public int? EraseFailsAt { get; set; }

    /// <summary>The power fails, once, when this offset of an image is programmed; null for never.</summary>
    public int? CutAtOffset { get; set; }
}
