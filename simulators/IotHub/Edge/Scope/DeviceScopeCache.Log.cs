using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge.Scope;

internal sealed partial class DeviceScopeCache
{
    [LoggerMessage(6100, LogLevel.Information, "The scope was read: {Count} identities")]
    private partial void LogRefreshed(int count);

    [LoggerMessage(6101, LogLevel.Warning, "The scope was not read: {Reason}")]
    private partial void LogNotRefreshed(string reason);

    [LoggerMessage(6102, LogLevel.Warning, "{Client} was read a moment ago and is not read again for {Rest}")]
    private partial void LogDamped(IdentityName client, TimeSpan rest);
}
