namespace EdgeGateway.Module.Fleet;

internal sealed partial class McuUnit
{
    [LoggerMessage(4200, LogLevel.Error, "The work for {Mcu} crashed and begins again in {Delay}; the other microcontrollers go on")]
    private partial void LogCrashed(Exception problem, McuId mcu, TimeSpan delay);
}
