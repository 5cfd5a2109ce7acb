using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>Makes the workflow of each microcontroller.</summary>
public interface IMcuWorkflowFactory
{
    /// <param name="id">Whose.</param>
    /// <param name="port">The way to it.</param>
    /// <param name="observer">Hears what it has to say.</param>
    IMcuWorkflow Create(McuId id, IMcuPort port, IWorkflowObserver observer);
}
