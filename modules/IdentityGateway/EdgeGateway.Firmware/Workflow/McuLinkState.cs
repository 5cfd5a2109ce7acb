namespace EdgeGateway.Firmware.Workflow;

/// <summary>Whether a microcontroller can be reached.</summary>
public enum McuLinkState
{
    /// <summary>Not tried yet.</summary>
    Unknown,

    /// <summary>It answered when it was last asked.</summary>
    Online,

    /// <summary>Its line cannot be used or it does not answer.</summary>
    Offline,
}
