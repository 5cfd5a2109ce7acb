using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow;

internal sealed partial class McuWorkflow
{
    [LoggerMessage(3200, LogLevel.Information, "{Mcu}: deployment {Workflow} begins (retry token {RetryToken}).")]
    private partial void LogBegun(McuId mcu, string workflow, string retryToken);

    [LoggerMessage(3201, LogLevel.Information, "{Mcu}: deployment {Workflow} was left in {Was}; goes on with {Phase}.")]
    private partial void LogResumed(McuId mcu, string workflow, UpdatePhase was, UpdatePhase phase);

    [LoggerMessage(3202, LogLevel.Information, "{Mcu}: the twin orders to cancel.")]
    private partial void LogCancelOrdered(McuId mcu);

    [LoggerMessage(3203, LogLevel.Information, "{Mcu}: deployment {Workflow} replaces the one under way.")]
    private partial void LogReplaced(McuId mcu, string workflow);

    [LoggerMessage(3206, LogLevel.Error, "{Mcu}: the journal could not be written: {Error}")]
    private partial void LogNotSaved(McuId mcu, string error);

    [LoggerMessage(3207, LogLevel.Error, "{Mcu}: an unexpected error in its workflow; it goes on in a while.")]
    private partial void LogUnexpected(Exception error, McuId mcu);

    [LoggerMessage(3208, LogLevel.Information, "{Mcu}: deployment {Workflow} is cancelled by a direct method.")]
    private partial void LogCancelledLocally(McuId mcu, string workflow);

    [LoggerMessage(3209, LogLevel.Information, "{Mcu}: deployment {Workflow} begins again by a direct method.")]
    private partial void LogBegunLocally(McuId mcu, string workflow);
}
