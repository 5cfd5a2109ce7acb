using System.Security.Cryptography;
using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>Creates and checks symmetric keys in IoT Hub's form: base64 of 16 to 64 bytes.</summary>
public static class SymmetricKey
{
    private const int MinBytes = 16;
    private const int MaxBytes = 64;

    public static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <exception cref="HubRequestException">The key has another form: 400. The message does not contain the key.</exception>
    public static string Checked(string key, string field)
    {
        var bytes = new byte[MaxBytes];
        if (!Convert.TryFromBase64String(key, bytes, out var length) || length < MinBytes)
        {
            throw new HubRequestException(HubError.ArgumentInvalid, $"{field} is not base64 of {MinBytes} to {MaxBytes} bytes");
        }

        return key;
    }

    public static string CheckedOrNew(string? key, string field) => string.IsNullOrEmpty(key) ? New() : Checked(key, field);
}
