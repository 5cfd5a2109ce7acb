using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Identity;

/// <summary>Makes tokens with one key at hand, whoever asks.</summary>
public sealed class SharedKeyTokenProvider(byte[] key) : ITokenProvider
{
    public ValueTask<string> CreateTokenAsync(
        DeviceIdentity identity, string resource, DateTimeOffset expiry, CancellationToken cancellationToken) =>
        ValueTask.FromResult(SharedAccessSignature.Create(resource, key, expiry).ToString());
}
