using System.Globalization;

namespace EdgeGateway.Simulators.Demo.Hub;

/// <summary>Shared access signatures as IoT Hub defines them: HMAC-SHA256 over the escaped resource, a line feed and the expiry.</summary>
public static class SasToken
{
    public static string Create(IotHubConnectionString hub, DateTimeOffset expiry)
    {
        var resource = Uri.EscapeDataString(hub.HostName);
        var seconds = expiry.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Uri.EscapeDataString(DeviceKey.Sign(hub.Key, $"{resource}\n{seconds}"));
        return $"SharedAccessSignature sr={resource}&sig={signature}&se={seconds}&skn={Uri.EscapeDataString(hub.KeyName)}";
    }
}
