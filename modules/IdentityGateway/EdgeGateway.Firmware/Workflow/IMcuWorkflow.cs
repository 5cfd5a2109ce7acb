using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Firmware.Workflow.Commands;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>Keeps one microcontroller at what its twin desires, for as long as the gateway runs.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IMcuWorkflow
{
    McuId Id { get; }

    /// <summary>How things stand now.</summary>
    McuStatus Status { get; }

    /// <summary>Hands over the whole twin, after every connect and every change; returns at once. Only the latest counts.</summary>
    void SetTwin(DeviceUpdateTwin twin);

    /// <summary>The updates that ended last, newest first; as many as the journal keeps.</summary>
    IReadOnlyList<FinishedUpdate> History { get; }

    /// <summary>Stops the running update, like a cancel in the twin; too late once the microcontroller was ordered to boot the new image.</summary>
    Task<CommandResult> CancelAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Runs the last deployment again, which failed or was cancelled, although the twin has not changed. Accepted means journalled: a restart
    /// goes on with it.
    /// </summary>
    Task<CommandResult> RetryAsync(CancellationToken cancellationToken);

    /// <summary>Restarts the microcontroller as soon as the bus is free; refused from the offer of an update to its confirmation.</summary>
    /// <exception cref="Serial.Drivers.McuException">It is silent or refuses.</exception>
    /// <exception cref="Serial.Links.LinkException">The line cannot be used.</exception>
    Task<CommandResult> RebootAsync(CancellationToken cancellationToken);

    /// <summary>Lets the microcontroller make itself noticed as soon as the bus is free; no time at all ends it.</summary>
    /// <exception cref="Serial.Drivers.McuException">It is silent or refuses.</exception>
    /// <exception cref="Serial.Links.LinkException">The line cannot be used.</exception>
    Task<CommandResult> IndicateAsync(TimeSpan time, CancellationToken cancellationToken);

    /// <summary>Works until cancelled: goes on with what the journal says was under way, then follows the twin. Call once.</summary>
    /// <param name="cancellationToken">Stops the work where it stands; the next start goes on from there. Cancels no deployment.</param>
    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>Makes the workflow of each microcontroller.</summary>
public interface IMcuWorkflowFactory
{
    /// <param name="id">Whose.</param>
    /// <param name="port">The way to it.</param>
    /// <param name="observer">Hears what it has to say.</param>
    IMcuWorkflow Create(McuId id, IMcuPort port, IWorkflowObserver observer);
}
