namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Waits before the next attempt.</summary>
internal sealed class RetryStep(McuContext mcu) : IUpdateStep
{
    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        var options = mcu.Options;
        var delay = Backoff.Delay(Math.Max(1, session.Active.Attempt - 1), options.RetryBase, options.RetryMax, mcu.Random());
        mcu.Board.Change(s => s with { NextRetryAt = mcu.Time.GetUtcNow() + delay });
        await Task.Delay(delay, mcu.Time, cancellationToken);
        return UpdateEvent.RetryDue;
    }
}
