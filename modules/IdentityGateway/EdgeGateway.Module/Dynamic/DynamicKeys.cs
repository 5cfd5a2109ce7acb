using EdgeGateway.Content;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Dynamic;

/// <summary>
/// The settings that the module twin may change while the gateway runs. What guards the site, such as unsigned updates, is not among them.
/// </summary>
internal static class DynamicKeys
{
    /// <summary>Lists the full keys, as in the settings file.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Key(nameof(GatewaySettings.Hub), nameof(HubOptions.ReportInterval)),
        Key(nameof(GatewaySettings.Content), nameof(ContentOptions.MaxBytes)),
        Key(nameof(GatewaySettings.Content), nameof(ContentOptions.MinFreeBytes)),
        Key(nameof(GatewaySettings.Content), nameof(ContentOptions.MinBytesPerSecond)),
        Key(nameof(GatewaySettings.Content), nameof(ContentOptions.SlowGrace)),
        Key(nameof(GatewaySettings.Content), nameof(ContentOptions.ResponseTimeout)),
        Key(nameof(GatewaySettings.Content), nameof(ContentOptions.Retries)),
        Key(nameof(GatewaySettings.Content), nameof(ContentOptions.RetryBase)),
        Key(nameof(GatewaySettings.Content), nameof(ContentOptions.RetryMax)),
        Key(nameof(GatewaySettings.Content), nameof(ContentOptions.BanTime)),
        Key(nameof(GatewaySettings.Firmware), nameof(FirmwareOptions.MaxAttempts)),
        Key(nameof(GatewaySettings.Firmware), nameof(FirmwareOptions.RollBackRetries)),
        Key(nameof(GatewaySettings.Firmware), nameof(FirmwareOptions.RetryBase)),
        Key(nameof(GatewaySettings.Firmware), nameof(FirmwareOptions.RetryMax)),
        Key(nameof(GatewaySettings.Firmware), nameof(FirmwareOptions.ReattachBase)),
        Key(nameof(GatewaySettings.Firmware), nameof(FirmwareOptions.TrialTime)),
        Key(nameof(GatewaySettings.Firmware), nameof(FirmwareOptions.BootMargin)),
        Key(nameof(GatewaySettings.Firmware), nameof(FirmwareOptions.PingInterval)),
        Key(nameof(GatewaySettings.Firmware), nameof(FirmwareOptions.MaxImageSize)),
        Key(nameof(GatewaySettings.Module), nameof(ModuleOptions.LogLevel)),
        Key(nameof(GatewaySettings.Module), nameof(ModuleOptions.Paused)),
    ];

    /// <summary>Returns the key in its own spelling; null where the module twin may not change it.</summary>
    public static string? Find(string key) => All.FirstOrDefault(k => string.Equals(k, key, StringComparison.OrdinalIgnoreCase));

    private static string Key(string section, string name) => $"{section}:{name}";
}
