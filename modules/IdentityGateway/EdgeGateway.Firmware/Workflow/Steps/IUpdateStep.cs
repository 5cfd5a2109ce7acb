using EdgeGateway.Firmware.Workflow.Failures;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Does the work of one phase.</summary>
internal interface IUpdateStep
{
    /// <summary>Works until something happens that ends the phase. What it throws is mapped by <see cref="Failures.FailureMap"/>.</summary>
    Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken);
}

/// <summary>How a step ended: with an event, or with a failure whose event follows from the limits.</summary>
internal readonly record struct StepOutcome(UpdateEvent Event, Failure? Failure)
{
    public static implicit operator StepOutcome(UpdateEvent happened) => new(happened, null);

    public static implicit operator StepOutcome(Failure failure) => new(UpdateEvent.AttemptFailed, failure);
}

/// <summary>Waits for the bus, and makes sure in the very session of the update that the microcontroller is the right one.</summary>
internal sealed class LineStep(McuContext mcu) : IUpdateStep
{
    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        (session.Driver, var facts) = await mcu.Finder.FindAsync(cancellationToken);
        return TargetCheck.Compare(session.NeedPlan(), facts, UpdateEvent.LineGranted);
    }
}
