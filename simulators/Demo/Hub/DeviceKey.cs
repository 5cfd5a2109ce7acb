using System.Security.Cryptography;
using System.Text;

namespace EdgeGateway.Simulators.Demo.Hub;

/// <summary>Keys of identities: one group key stands for a fleet, each device's key is derived from it.</summary>
public static class DeviceKey
{
    /// <summary>A fresh random key, base64.</summary>
    public static string Random() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>base64(HMAC-SHA256(group key, device id)), as device provisioning derives it.</summary>
    public static string Derive(string groupKey, string deviceId) => Sign(groupKey, deviceId);

    internal static string Sign(string key, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text)));
}
