using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>Gives the edge hub's own token for whomever it speaks: the hub above knows from the auth-chain that it may.</summary>
internal sealed class EdgeTokenProvider(EdgeCredentials credentials) : ITokenProvider
{
    public ValueTask<string> CreateTokenAsync(
        DeviceIdentity identity, string resource, DateTimeOffset expiry, CancellationToken cancellationToken) =>
        ValueTask.FromResult(credentials.CreateToken(expiry));
}
