using System.Text.Json;

namespace EdgeGateway.Containers.Site;

/// <summary>The settings file of a site's gateway, with short waits.</summary>
internal static class GatewaySettings
{
    public const string Folder = "/config";
    public const string FileName = "settings.json";
    public const string AuthorityName = "ca.pem";
    public const string GroupKeyName = "group.key";

    public static string Write(IEnumerable<string> mcuIds, int baud) => JsonSerializer.Serialize(new
    {
        Hub = new { TrustedCaFile = $"{Folder}/{AuthorityName}", ReconnectBase = "00:00:00.1", ReconnectMax = "00:00:01", ReportInterval = "00:00:00.2" },
        Credentials = new { GroupKeyFile = $"{Folder}/{GroupKeyName}" },
        Lines = mcuIds.Select(id => new { Port = $"tcp://{id}:7001", BaudRate = baud, Mcus = new[] { new { Id = id } } }),
        Content = new { MinFreeBytes = 0, RetryBase = "00:00:00.1", RetryMax = "00:00:01" },
        Firmware = new
        {
            AllowUnsigned = true,
            MaxAttempts = 100,
            RetryBase = "00:00:00.1",
            RetryMax = "00:00:01",
            ReattachBase = "00:00:00.1",
            PingInterval = "00:00:01",
        },
    });
}
