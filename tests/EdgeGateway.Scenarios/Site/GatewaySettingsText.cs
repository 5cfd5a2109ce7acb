using System.Text.Json;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.Mcu.Host;

namespace EdgeGateway.Scenarios.Site;

/// <summary>The settings file of a site's gateway, with short waits everywhere.</summary>
internal static class GatewaySettingsText
{
    public static string Write(
        IotHubSimulator hub, IReadOnlyList<FleetLine> lines, SiteOptions options, string groupKeyFile, string dataFolder) => JsonSerializer.Serialize(new
    {
        Hub = new
        {
            hub.HostName,
            hub.MqttEndpoint.Port,
            TrustedCaFile = hub.CaFile,
            OperationTimeout = "00:00:20",
            ReconnectBase = "00:00:00.050",
            ReconnectMax = "00:00:01",
            ReportInterval = "00:00:00.020",
            ConnectsPerSecond = 200,
        },
        Credentials = new { GroupKeyFile = groupKeyFile },
        Lines = lines.Select(line => new
        {
            line.Port,
            BaudRate = options.GatewayBaud,
            line.HalfDuplex,
            Mcus = line.Mcus.Where(mcu => !options.Unknown.Contains(mcu.Id)).Select(mcu => new { mcu.Id, mcu.Address }),
        }),
        Module = new { DataFolder = dataFolder, LogLevel = "Debug" },
        Web = new { Address = "127.0.0.1", Port = 0 },
        Content = new
        {
            ResponseTimeout = "00:00:02",
            SlowGrace = "00:00:01",
            Retries = 2,
            RetryBase = "00:00:00.010",
            RetryMax = "00:00:00.050",
            MinFreeBytes = 0,
        },
        Firmware = new
        {
            AllowUnsigned = true,
            MaxAttempts = 3,
            RetryBase = "00:00:00.050",
            RetryMax = "00:00:00.200",
            ReattachBase = "00:00:00.050",
            PingInterval = "00:00:01",
            BootMargin = "00:00:05",
            TrialTime = "00:00:30",
        },
    });
}
