using System.Security.Cryptography;
using System.Text;

namespace EdgeGateway.Hub.Identity;

/// <summary>Keys of single devices made from the key of their group, as Device Provisioning Service does for symmetric-key enrollment groups.</summary>
public static class DerivedKey
{
    /// <summary>HMAC-SHA256 of the id under the group's key.</summary>
    /// <param name="groupKey">Decoded key of the group.</param>
    /// <param name="id">Device id, as registered.</param>
    public static byte[] Compute(ReadOnlySpan<byte> groupKey, string id) => HMACSHA256.HashData(groupKey, Encoding.UTF8.GetBytes(id));

    /// <summary>The same in base64, as the hub's registry shows keys.</summary>
    public static string ComputeBase64(ReadOnlySpan<byte> groupKey, string id) => Convert.ToBase64String(Compute(groupKey, id));
}
