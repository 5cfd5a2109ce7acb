using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Simulators.IotHub.Sessions;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

internal sealed partial class MqttConnectionHandler
{
    [LoggerMessage(6000, LogLevel.Information, "{ClientId} connected from {Remote}")]
    private partial void LogConnected(string clientId, string remote);

    [LoggerMessage(6001, LogLevel.Warning, "{ClientId} from {Remote} refused with {Code}: {Reason}")]
    private partial void LogRefused(string clientId, string remote, ConnectReturnCode code, string reason);

    [LoggerMessage(6002, LogLevel.Information, "{ClientId} from {Remote} ended: {End} {Detail}")]
    private partial void LogEnded(string clientId, string remote, SessionEnd end, string detail);

    [LoggerMessage(6003, LogLevel.Warning, "Connection from {Remote} closed: {Reason}")]
    private partial void LogBadConnect(string remote, string reason);
}
