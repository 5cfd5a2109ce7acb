using EdgeGateway.Serial.Drivers;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow.Steps;

internal sealed partial class ConfirmStep
{
    [LoggerMessage(3231, LogLevel.Debug, "{Mcu}: not back yet ({Failure}: {Error}).")]
    private partial void LogNothingSeen(McuId mcu, McuFailure failure, string error);
}
