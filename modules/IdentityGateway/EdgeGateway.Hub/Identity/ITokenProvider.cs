using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Identity;

/// <summary>Makes the passwords of identities; knows their keys, or who signs for them.</summary>
public interface ITokenProvider
{
    /// <summary>Makes a SAS token.</summary>
    /// <param name="identity">Whose token.</param>
    /// <param name="resource">What it opens: <c>hub/devices/device[/modules/module]</c>.</param>
    /// <param name="expiry">When it ends.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HubException"><see cref="HubFailure.Unauthorized"/>: no usable key; says where it was looked for.</exception>
    ValueTask<string> CreateTokenAsync(DeviceIdentity identity, string resource, DateTimeOffset expiry, CancellationToken cancellationToken);
}
