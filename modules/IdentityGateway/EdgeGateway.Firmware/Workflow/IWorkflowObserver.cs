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

    /// <summary>The service is to be told how its deployment stands.</summary>
    void OnAgentReport(McuId id, AgentReport report);

    /// <summary>The service is to be told that its order was read.</summary>
    void OnAcknowledged(McuId id, ServiceAcknowledgement acknowledgement);

    /// <summary>The microcontroller was identified and something about it is new.</summary>
    void OnFacts(McuId id, McuFacts facts);
}
