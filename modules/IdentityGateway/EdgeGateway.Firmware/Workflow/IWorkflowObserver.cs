using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>Hears what workflows have to say; the module turns it into reported properties.</summary>
/// <remarks>
/// Calls for one microcontroller come one at a time and in order, those for several at once. They must return quickly and not throw.
/// </remarks>
public interface IWorkflowObserver
{
    /// <summary>The status changed: at once for a phase or link, about four times a second for mere progress.</summary>
    void OnStatus(McuStatus status);

    /// <summary>Receives the state of the deployment for the service.</summary>
    void OnAgentReport(McuId id, AgentReport report);

    /// <summary>Receives the acknowledgment of the deployment for the service.</summary>
    void OnAcknowledged(McuId id, ServiceAcknowledgement acknowledgement);

    /// <summary>The microcontroller was identified and something about it is new.</summary>
    void OnFacts(McuId id, McuFacts facts);
}

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

    /// <summary>The microcontroller was ordered to boot the image, or may have been.</summary>
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
