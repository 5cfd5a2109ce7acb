namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Lets the microcontroller check what it holds, and notes its count of resets, which tells later whether it restarted.</summary>
internal sealed class VerifyStep : IUpdateStep
{
    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        var driver = session.NeedDriver();
        await driver.VerifyAsync(cancellationToken);
        var heartbeat = await driver.PingAsync(cancellationToken);
        session.Active = session.Active with { BootCount = heartbeat.BootCount };
        return UpdateEvent.Verified;
    }
}
