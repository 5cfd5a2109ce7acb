namespace EdgeGateway.Module.Methods.Pausing;

internal sealed partial class UpdatePause
{
    [LoggerMessage(4311, LogLevel.Warning, "New updates of {Count} microcontrollers wait, by direct methods or settings")]
    private partial void LogPaused(int count);

    [LoggerMessage(4312, LogLevel.Information, "No updates wait any more")]
    private partial void LogResumed();
}
