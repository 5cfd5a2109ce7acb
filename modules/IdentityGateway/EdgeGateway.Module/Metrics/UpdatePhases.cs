using EdgeGateway.Firmware.Workflow;

namespace EdgeGateway.Module.Metrics;

/// <summary>Tells phases apart for counting.</summary>
internal static class UpdatePhases
{
    /// <summary>True where an update is at work or waits to go on.</summary>
    public static bool IsUnderWay(UpdatePhase phase) =>
        phase is not (UpdatePhase.Idle or UpdatePhase.Succeeded or UpdatePhase.Failed or UpdatePhase.Cancelled);
}
