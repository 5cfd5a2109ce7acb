using System.Security.Cryptography;
using System.Text;

namespace EdgeGateway.Content.Addresses;

/// <summary>
/// The name of an address in the store: a digest of all of it but user and fragment, because its query may be secret and must show neither in
/// names of files nor in logs.
/// </summary>
internal static class AddressKey
{
    public static Sha256Digest Of(Uri address) =>
        Sha256Digest.Of(Encoding.UTF8.GetBytes("address " + address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)));

    /// <summary>A strong mark of what an address held when its source gave <paramref name="validator"/>; of nothing else in the world if it gave none.</summary>
    public static string Tag(Sha256Digest key, string? validator, long size) => validator is null
        ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key} {size} {validator}")).AsSpan(0, 16));
}
