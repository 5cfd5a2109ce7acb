using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Announces the image and learns how much of it is there already. Erases nothing.</summary>
internal sealed class OfferStep(McuContext mcu) : IUpdateStep
{
    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        var plan = session.NeedPlan();
        var facts = mcu.Board.Status.Facts
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
