using EdgeGateway.Firmware.Workflow.Failures;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>
/// Orders the trial boot. Unless it is clearly refused, the microcontroller may have taken the order, and only looking tells.
/// </summary>
internal sealed partial class ActivateStep(McuContext mcu) : IUpdateStep
{
    private readonly ILogger _logger = mcu.Loggers.CreateLogger<ActivateStep>();

    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.NeedDriver().ActivateAsync(mcu.Options.TrialTime, cancellationToken);
        }
        catch (McuException e) when (IsRefusal(e.Failure))
        {
            throw;
        }
        catch (Exception e) when (e is McuException or LinkException)
        {
            LogUnclear(mcu.Id, FailureMap.From(e, UpdatePhase.Activating).Reason, e.Message);
        }

        return UpdateEvent.Activated;
    }

    /// <summary>
    /// True where the microcontroller said no. A lost session is none: an order that is repeated because its answer got lost finds
    /// a microcontroller that has restarted already.
    /// </summary>
    private static bool IsRefusal(McuFailure failure) => failure
        is McuFailure.NotSupported or McuFailure.WrongTarget or McuFailure.TooLarge or McuFailure.DigestMismatch
        or McuFailure.FlashFailed or McuFailure.Refused;

    [LoggerMessage(3230, LogLevel.Warning,
        "{Mcu}: whether it took the order to boot the new image is not known ({Reason}: {Error}); looking.")]
    private partial void LogUnclear(McuId mcu, FailureReason reason, string error);
}
