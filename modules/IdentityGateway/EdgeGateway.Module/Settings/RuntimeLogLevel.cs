namespace EdgeGateway.Module.Settings;

/// <summary>Log levels by the names of the IoT Edge runtime (environment variable <c>RuntimeLogLevel</c>).</summary>
public enum RuntimeLogLevel
{
    Fatal,
    Error,
    Warning,
    Info,
    Debug,
    Verbose,
}
