namespace EdgeGateway.Firmware.Workflow;

/// <summary>
/// What can happen to an update. Together with <see cref="UpdatePhase"/> it decides what comes next, see <see cref="UpdateTransitions"/>.
/// </summary>
public enum UpdateEvent
{
    /// <summary>The twin ordered a deployment.</summary>
    Ordered,

    /// <summary>The gateway came back and the journal says that a deployment was under way.</summary>
    GatewayRestarted,

    /// <summary>The manifest is in order and meant for this microcontroller.</summary>
    Accepted,

    /// <summary>The microcontroller runs the image already, permanently.</summary>
    AlreadyInstalled,

    /// <summary>The microcontroller runs the image on trial already.</summary>
    FoundOnTrial,

    /// <summary>The image is present.</summary>
    ContentPresent,

    /// <summary>The bus is ours and the microcontroller is the one expected.</summary>
    LineGranted,

    /// <summary>The microcontroller took the offer.</summary>
    Offered,

    /// <summary>Every byte is in flash.</summary>
    Transferred,

    /// <summary>The digest is right.</summary>
    Verified,

    /// <summary>The microcontroller was told to boot the image, or may have been.</summary>
    Activated,

    /// <summary>The image runs and is permanent.</summary>
    Confirmed,

    /// <summary>A step failed, and another attempt is allowed.</summary>
    AttemptFailed,

    /// <summary>A step failed for good, or once too often.</summary>
    GaveUp,

    /// <summary>The line or the microcontroller is not there.</summary>
    McuAbsent,

    /// <summary>The wait before the next attempt is over.</summary>
    RetryDue,

    /// <summary>The microcontroller answers again.</summary>
    McuFound,

    /// <summary>The twin ordered to stop, or ordered something else.</summary>
    CancelOrdered,
}
