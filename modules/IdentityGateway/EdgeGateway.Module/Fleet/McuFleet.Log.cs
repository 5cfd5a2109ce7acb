namespace EdgeGateway.Module.Fleet;

internal sealed partial class McuFleet
{
    [LoggerMessage(4210, LogLevel.Warning,
        "The work for {Mcus} did not stop within {Limit}; their journals tell the next start where it stood")]
    private partial void LogNotStopped(string mcus, TimeSpan limit);

    [LoggerMessage(4211, LogLevel.Warning, "The hub did not take the last reports within {Limit}; they are sent after the next start")]
    private partial void LogNotFlushed(TimeSpan limit);
}
