using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Stores;

internal sealed partial class StateFile
{
    private readonly ILogger _log = log;

    [LoggerMessage(EventId = 2170, Level = LogLevel.Error, Message = "{File} makes no sense ({Reason}) and was set aside as {Aside}; the hub tells how things stand")]
    private partial void LogSetAside(string file, string reason, string aside);

    [LoggerMessage(EventId = 2171, Level = LogLevel.Error, Message = "{File} cannot be read: {Why}")]
    private partial void LogUnreadable(string file, string why);

    [LoggerMessage(EventId = 2172, Level = LogLevel.Error, Message = "{File} cannot be written and is tried again; a restart without hub would lose what is in it: {Why}")]
    private partial void LogUnwritable(string file, string why);
}
