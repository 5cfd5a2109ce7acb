using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge;

internal sealed partial class UpstreamLinks
{
    [LoggerMessage(6120, LogLevel.Warning, "{Client} is not below {Edge} by what is known of the scope: nothing is sent upstream for it")]
    private partial void LogNoChain(IdentityName client, string edge);
}
