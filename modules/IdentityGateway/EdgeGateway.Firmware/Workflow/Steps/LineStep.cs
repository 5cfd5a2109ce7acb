namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Waits for the bus, and makes sure in the very session of the update that the microcontroller is the right one.</summary>
internal sealed class LineStep(McuContext mcu) : IUpdateStep
{
    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        (session.Driver, var facts) = await mcu.Finder.FindAsync(cancellationToken);
        return TargetCheck.Compare(session.NeedPlan(), facts, UpdateEvent.LineGranted);
    }
}
