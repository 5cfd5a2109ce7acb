using EdgeGateway.Firmware.Workflow.Progress;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Announces the image and learns how much of it is there already. Erases nothing.</summary>
internal sealed class OfferStep(McuContext mcu) : IUpdateStep
{
    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        var plan = session.NeedPlan();
        var facts = mcu.Tracker.Status.Facts
            ?? throw new InvalidOperationException("The microcontroller was not identified before this step.");
        var target = new FirmwareTarget(facts.Vendor, facts.Model, plan.Version);
        var held = await session.NeedDriver().OfferAsync(session.NeedImage(), target, cancellationToken);

        // bytes that led to a wrong digest are not worth keeping
        session.Offset = session.Active.LastError == FailureReason.McuDigestMismatch ? 0 : held;
        session.StartAcknowledged(session.Offset);
        session.Active = session.Active with { ResumedAt = session.Offset };
        return UpdateEvent.Offered;
    }
}

/// <summary>Sends the bytes that are missing.</summary>
internal sealed class TransferStep(McuContext mcu) : IUpdateStep
{
    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        var image = session.NeedImage();
        mcu.Tracker.StartProgress(session.Offset, image.Size);
        var progress = new ImmediateProgress<TransferProgress>(p =>
        {
            session.NoteAcknowledged(p.Acknowledged);
            mcu.Tracker.Progress(p.Acknowledged);
        });
        var summary = await session.NeedDriver().TransferAsync(image, session.Offset, progress, cancellationToken);
        session.Active = session.Active with { Transfer = summary };
        mcu.Tracker.Change(s => s with { Bytes = image.Size, Transfer = summary });
        return UpdateEvent.Transferred;
    }
}

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
