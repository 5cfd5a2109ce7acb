using EdgeGateway.Firmware.Workflow.Failures;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>How a step ended: with an event, or with a failure whose event follows from the limits.</summary>
internal readonly record struct StepOutcome(UpdateEvent Event, Failure? Failure)
{
    public static implicit operator StepOutcome(UpdateEvent happened) => new(happened, null);

    public static implicit operator StepOutcome(Failure failure) => new(UpdateEvent.AttemptFailed, failure);
}
