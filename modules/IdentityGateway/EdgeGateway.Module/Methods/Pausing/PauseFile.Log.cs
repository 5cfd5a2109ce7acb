namespace EdgeGateway.Module.Methods.Pausing;

internal sealed partial class PauseFile
{
    [LoggerMessage(4310, LogLevel.Error, "{Path} cannot be read: all new updates wait until ResumeUpdates is called. {Problem}")]
    private partial void LogUnreadable(string path, string problem);
}
