using System.Text.Json;
using EdgeGateway.Scenarios.Nested.Networks;
using EdgeGateway.Simulators.Mcu.Host;

namespace EdgeGateway.Scenarios.Nested.Site;

/// <summary>The settings file of a layer's gateway: what docs/nested.md tells an installer, with short waits everywhere.</summary>
internal static class PlantSettings
{
    public static string Write(
        PlantLayer layer, int number, IReadOnlyList<FleetLine> lines, string folder, string dataFolder, string groupKeyFile, string contentRoot)
    {
        var settings = new Dictionary<string, object>
        {
            ["Hub"] = new
            {
                HostName = layer.HubHostName,
                GatewayHostName = NestedNetwork.EdgeHubName(number),
                Port = PlantLayer.MqttPort,
                TrustedCaFile = layer.EdgeHubRoot,
                OperationTimeout = "00:00:10",
                ReconnectBase = "00:00:00.050",
                ReconnectMax = "00:00:01",
                ReportInterval = "00:00:00.100",
                ConnectsPerSecond = 200,
            },
            ["Credentials"] = new { GroupKeyFile = groupKeyFile },
            ["Lines"] = lines.Select(line => new { line.Port, BaudRate = Plant.Baud, Mcus = line.Mcus.Select(mcu => new { mcu.Id }) }),
            ["Module"] = new { DataFolder = dataFolder },
            ["Web"] = new { Address = "127.0.0.1" },
            ["Content"] = new
            {
                OriginAllowed = number == 0,
                ResponseTimeout = "00:00:03",
                SlowGrace = "00:00:02",
                Retries = 2,
                RetryBase = "00:00:00.050",
                RetryMax = "00:00:00.500",
                MinFreeBytes = 0,
                BanTime = "00:00:01",
            },
            ["Firmware"] = new
            {
                AllowUnsigned = true,
                MaxAttempts = 4, // so that a longer cut makes some updates fail
                RetryBase = "00:00:00.100",
                RetryMax = "00:00:01",
                ReattachBase = "00:00:00.050",
            },
            ["Endpoint"] = new
            {
                Enabled = true,
                HttpsPort = PlantLayer.ContentPort,
                HttpPort = 80,
                CertificateFile = Path.Combine(folder, "content.pem"),
                CertificateKeyFile = Path.Combine(folder, "content.key"),
                ChildKeysFile = Path.Combine(folder, "children.json"),
                AllowedOrigins = new[] { NestedNetwork.OriginName },
            },
        };
        if (number > 0)
        {
            settings["Parent"] = new
            {
                Enabled = true,
                HostName = NestedNetwork.ContentName(number - 1),
                Port = PlantLayer.ContentPort,
                TrustedCaFile = contentRoot,
                ConnectTimeout = "00:00:02",
                ResponseTimeout = "00:00:05",
            };
        }

        return JsonSerializer.Serialize(settings);
    }
}
