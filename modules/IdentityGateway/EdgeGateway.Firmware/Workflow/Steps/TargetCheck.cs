using System.Globalization;
using EdgeGateway.Firmware.DeviceUpdate.Manifests;
using EdgeGateway.Firmware.Workflow.Failures;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Compares a plan with the microcontroller that is there, before anything is erased.</summary>
internal static class TargetCheck
{
    /// <param name="plan">What is to be brought.</param>
    /// <param name="facts">What is there.</param>
    /// <param name="fits">The event where the image is for this microcontroller and not there yet.</param>
    public static StepOutcome Compare(UpdatePlan plan, McuFacts facts, UpdateEvent fits)
    {
        if (!CompatibilityCheck.Fits(plan.Compatibility, facts))
        {
            return new Failure(
                FailureReason.WrongTarget, CompatibilityCheck.Explain(plan.Compatibility, facts), FailureKind.Permanent);
        }

        if (!facts.RunningDigest.IsUnknown && facts.RunningDigest == plan.Content.Digest)
        {
            switch (facts.BootState)
            {
                case BootState.Trial:
                    return UpdateEvent.FoundOnTrial;
                case BootState.Confirmed or BootState.RolledBack:
                    return UpdateEvent.AlreadyInstalled;
            }
        }

        return plan.Content.Size <= facts.SlotSize
            ? fits
            : new Failure(
                FailureReason.TooLargeForSlot,
                string.Create(
                    CultureInfo.InvariantCulture, $"the image has {plan.Content.Size} bytes; a slot of this microcontroller has {facts.SlotSize}"),
                FailureKind.Permanent);
    }
}
