namespace EdgeGateway.Module.Dynamic;

internal sealed partial class DynamicSettingsFile
{
    [LoggerMessage(4110, LogLevel.Warning,
        "{Path} cannot be read, the settings of the module twin count again once the hub is reached: {Problem}")]
    private partial void LogUnreadable(string path, string problem);

    [LoggerMessage(4111, LogLevel.Warning,
        "{Path} cannot be written, a restart without hub will not know the settings of the module twin: {Problem}")]
    private partial void LogUnwritable(string path, string problem);
}
