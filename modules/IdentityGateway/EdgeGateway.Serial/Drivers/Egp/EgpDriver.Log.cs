using Microsoft.Extensions.Logging;

namespace EdgeGateway.Serial.Drivers.Egp;

public sealed partial class EgpDriver
{
    [LoggerMessage(1100, LogLevel.Debug, "{Node} is {Vendor} {Model}, serial number {SerialNumber}, runs {Version} ({BootState})")]
    private partial void LogIdentified(string node, string vendor, string model, string serialNumber, string version, BootState bootState);

    [LoggerMessage(1101, LogLevel.Information, "{Node} already holds {Offset} of {Size} bytes: the transfer resumes there")]
    private partial void LogResumes(string node, long offset, long size);

    [LoggerMessage(1102, LogLevel.Warning, "{Node} holds {Offset} bytes that are not this image's, although it says so: the transfer starts afresh")]
    private partial void LogForeignPrefix(string node, long offset);

    [LoggerMessage(1103, LogLevel.Debug, "{Node} took {Bytes} bytes in {Seconds:0.000} s; {Retransmitted} bytes were sent again, {LineBytes} bytes went over the line")]
    private partial void LogTransferred(string node, long bytes, double seconds, long retransmitted, long lineBytes);

    [LoggerMessage(1104, LogLevel.Information, "{Node} did not answer the order to activate; it may be booting already")]
    private partial void LogActivationUnanswered(string node);

    [LoggerMessage(1105, LogLevel.Information, "{Node} did not answer the order to reset; it may be booting already")]
    private partial void LogResetUnanswered(string node);
}
