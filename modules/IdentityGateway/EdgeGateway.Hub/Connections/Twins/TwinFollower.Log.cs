using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Twins;

internal sealed partial class TwinFollower
{
    [LoggerMessage(EventId = 2150, Level = LogLevel.Information, Message = "{Identity}: twin read, desired version {Version}")]
    private partial void LogTwin(DeviceIdentity identity, long? version);

    [LoggerMessage(EventId = 2151, Level = LogLevel.Warning, Message = "{Identity}: desired version {Version} was announced, {Missing} before it never were; the twin is read whole")]
    private partial void LogVersionGap(DeviceIdentity identity, long version, long missing);

    [LoggerMessage(EventId = 2152, Level = LogLevel.Debug, Message = "{Identity}: desired version {Version} was announced again or late")]
    private partial void LogOldPatch(DeviceIdentity identity, long version);

    [LoggerMessage(EventId = 2153, Level = LogLevel.Warning, Message = "{Identity}: an old copy of the twin (desired version {Version}) was ignored")]
    private partial void LogStale(DeviceIdentity identity, long? version);

    [LoggerMessage(EventId = 2154, Level = LogLevel.Warning, Message = "{Identity}: the identity was created anew at the hub; its twin begins again with desired version {Version}")]
    private partial void LogRecreated(DeviceIdentity identity, long? version);

    [LoggerMessage(EventId = 2155, Level = LogLevel.Warning, Message = "{Identity}: the twin could not be read and is asked for again: {Why}")]
    private partial void LogReadFailed(DeviceIdentity identity, string why);

    [LoggerMessage(EventId = 2156, Level = LogLevel.Warning,
        Message = "{Identity}: the answer to the twin get is a twin without version, as of an edgeHub that has never seen it; nothing is known and it is asked for again")]
    private partial void LogUnknown(DeviceIdentity identity);

    [LoggerMessage(EventId = 2157, Level = LogLevel.Information,
        Message = "{Identity}: the hub does not tell the twin; desired version {Version} of an earlier run counts until it does")]
    private partial void LogRemembered(DeviceIdentity identity, long version);
}
