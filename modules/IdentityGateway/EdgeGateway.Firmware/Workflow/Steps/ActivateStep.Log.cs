using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow.Steps;

internal sealed partial class ActivateStep
{
    [LoggerMessage(3230, LogLevel.Warning,
        "{Mcu}: whether it took the order to boot the new image is not known ({Reason}: {Error}); looking.")]
    private partial void LogUnclear(McuId mcu, FailureReason reason, string error);
}
