using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow;

internal sealed partial class UpdateRun
{
    [LoggerMessage(3210, LogLevel.Information, "{Mcu}: {From} -> {To} ({Event}, attempt {Attempt}).")]
    private partial void LogTransition(McuId mcu, UpdatePhase from, UpdatePhase to, UpdateEvent @event, int attempt);

    [LoggerMessage(3211, LogLevel.Warning, "{Mcu}: deployment {Workflow} failed while {Phase}: {Reason}: {Error}")]
    private partial void LogFailure(McuId mcu, string workflow, UpdatePhase phase, FailureReason reason, string error);

    [LoggerMessage(3212, LogLevel.Error, "{Mcu}: an unexpected error while {Phase}.")]
    private partial void LogUnexpected(Exception error, McuId mcu, UpdatePhase phase);

    [LoggerMessage(3213, LogLevel.Information,
        "{Mcu}: cancelled, but the microcontroller could not be told ({Error}); its session ends by itself.")]
    private partial void LogNotAborted(McuId mcu, string error);

    [LoggerMessage(3214, LogLevel.Error, "{Mcu}: the journal could not be written: {Error}")]
    private partial void LogNotSaved(McuId mcu, string error);
}
