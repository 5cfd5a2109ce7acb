using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow;

internal sealed partial class TwinAnswers
{
    [LoggerMessage(3205, LogLevel.Information, "{Mcu}: the hub has not heard how deployment {Workflow} ended; reporting {State} again.")]
    private partial void LogRepeated(McuId mcu, string workflow, AgentState state);

    [LoggerMessage(3204, LogLevel.Warning, "{Mcu}: the order of the twin is refused: {Errors}")]
    private partial void LogRejected(McuId mcu, string errors);
}
