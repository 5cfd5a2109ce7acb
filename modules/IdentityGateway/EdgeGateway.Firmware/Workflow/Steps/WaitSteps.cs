using EdgeGateway.Firmware.Workflow.Failures;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Looks for an absent microcontroller now and then, however long it takes. Any answer at all ends the wait.</summary>
internal sealed class WaitForMcuStep(McuContext mcu) : IUpdateStep
{
    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            var options = mcu.Options;
            var delay = Backoff.Delay(failures, options.ReattachBase, options.PingInterval, mcu.Random());
            mcu.Tracker.Change(s => s with { NextRetryAt = mcu.Time.GetUtcNow() + delay });
            await Task.Delay(delay, mcu.Time, cancellationToken);
            try
            {
                var (driver, _) = await mcu.Finder.FindAsync(cancellationToken);
                await driver.DisposeAsync();
                return UpdateEvent.McuFound;
            }
            catch (Exception e) when (e is LinkException or McuException)
            {
                var failure = FailureMap.From(e, UpdatePhase.WaitingForLine);
                if (failure.Kind != FailureKind.Absent)
                {
                    // it answers, if not well: judging that is for the steps that need it
                    return UpdateEvent.McuFound;
                }

                session.Active = session.Active with { LastError = failure.Reason, LastErrorText = failure.Text };
                mcu.Tracker.Change(s => s with { LastError = failure.Reason, LastErrorText = failure.Text });
            }
        }
    }
}

/// <summary>Waits before the next attempt.</summary>
internal sealed class WaitToRetryStep(McuContext mcu) : IUpdateStep
{
    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        var options = mcu.Options;
        var delay = Backoff.Delay(Math.Max(1, session.Active.Attempt - 1), options.RetryBase, options.RetryMax, mcu.Random());
        mcu.Tracker.Change(s => s with { NextRetryAt = mcu.Time.GetUtcNow() + delay });
        await Task.Delay(delay, mcu.Time, cancellationToken);
        return UpdateEvent.RetryDue;
    }
}
