using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow;

public sealed partial class McuWorkflowFactory
{
    [LoggerMessage(3209, LogLevel.Warning,
        "AllowUnsigned is set: updates run without a verified signature. Whoever can write a twin decides what the microcontrollers run.")]
    private partial void LogAllowUnsigned();
}
