using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Identity;

/// <summary>Knows symmetric keys of devices.</summary>
public interface IKeySource
{
    /// <summary>The decoded key of a device.</summary>
    /// <returns>Null where this source knows none.</returns>
    /// <exception cref="HubException"><see cref="HubFailure.Unauthorized"/>: the source itself cannot be read or holds nonsense.</exception>
    byte[]? Find(string deviceId);

    /// <summary>Where it looks, for messages.</summary>
    string Description { get; }
}
