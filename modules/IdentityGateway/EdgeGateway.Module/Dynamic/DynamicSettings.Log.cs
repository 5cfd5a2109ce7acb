namespace EdgeGateway.Module.Dynamic;

internal sealed partial class DynamicSettings
{
    [LoggerMessage(4100, LogLevel.Information, "{Count} settings of version {Version} of the module twin are in force")]
    private partial void LogApplied(int count, long version);

    [LoggerMessage(4101, LogLevel.Warning, "Version {Version} of the module twin is refused, the settings before stay in force: {Errors}")]
    private partial void LogRefused(long version, string errors);

    [LoggerMessage(4102, LogLevel.Information, "{Count} settings that the module twin last asked for (version {Version}) are in force")]
    private partial void LogRestored(int count, long version);

    [LoggerMessage(4103, LogLevel.Warning,
        "The settings that the module twin last asked for (version {Version}) no longer fit and are left out: {Errors}")]
    private partial void LogRestoreRefused(long version, string errors);
}
