using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow.Steps;

internal sealed partial class EvaluateStep
{
    [LoggerMessage(3220, LogLevel.Warning,
        "{Mcu}: deployment {Workflow} is not verified ({Reason}); it runs because AllowUnsigned is set.")]
    private partial void LogUnsigned(McuId mcu, string workflow, string reason);
}
