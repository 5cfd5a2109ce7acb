using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Serial;

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

    /// <summary>Works until cancelled: goes on with what the journal says was under way, then follows the twin. Call once.</summary>
    /// <param name="cancellationToken">Stops the work where it stands; the next start goes on from there. Cancels no deployment.</param>
    Task RunAsync(CancellationToken cancellationToken);
}
