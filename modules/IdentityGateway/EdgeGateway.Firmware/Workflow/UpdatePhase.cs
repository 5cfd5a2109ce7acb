namespace EdgeGateway.Firmware.Workflow;

/// <summary>
/// Where the update of one microcontroller stands. docs/workflow.md holds the table of transitions, which a test compares with the code.
/// </summary>
public enum UpdatePhase
{
    /// <summary>Nothing to do.</summary>
    Idle,

    /// <summary>The manifest is checked against signature policy and microcontroller.</summary>
    Evaluating,

    /// <summary>Content is being made present.</summary>
    Downloading,

    /// <summary>Waits for its turn on the bus.</summary>
    WaitingForLine,

    /// <summary>Size, digest and target are announced.</summary>
    Offering,

    /// <summary>Bytes are sent.</summary>
    Transferring,

    /// <summary>The microcontroller computes the digest.</summary>
    Verifying,

    /// <summary>The microcontroller is ordered to boot the new image on trial: from here on there is no cancel.</summary>
    Activating,

    /// <summary>The new image is looked for, and confirmed.</summary>
    Confirming,

    /// <summary>A step failed; waits before the next attempt.</summary>
    WaitingToRetry,

    /// <summary>The line or the microcontroller is absent; looks for it now and then, which costs no attempt.</summary>
    WaitingForMcu,

    /// <summary>The new image runs and is permanent.</summary>
    Succeeded,

    /// <summary>Given up; the old image runs.</summary>
    Failed,

    /// <summary>Cancelled on order; the old image runs.</summary>
    Cancelled,
}
