using EdgeGateway.Serial;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow;

internal sealed partial class LinkWatch
{
    [LoggerMessage(3240, LogLevel.Information, "{Mcu}: online at {Line}: {Vendor} {Model}, version {Version}, {BootState}.")]
    private partial void LogOnline(McuId mcu, string line, string vendor, string model, string version, BootState bootState);

    [LoggerMessage(3241, LogLevel.Warning, "{Mcu}: offline at {Line}: {Reason}: {Error}")]
    private partial void LogOffline(McuId mcu, string line, FailureReason reason, string error);
}
