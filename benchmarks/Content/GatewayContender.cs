using System.Globalization;
using System.Text.Json;

namespace EdgeGateway.Benchmarks.Content;

/// <summary>The gateway itself, the whole executable, without lines and hub, asked as Connected Cache clients ask.</summary>
internal sealed class GatewayContender(string program) : ICacheContender
{
    public string Name => "EdgeGateway";

    public async Task<RunningCache> StartAsync(string folder, int originPort, CancellationToken cancellationToken)
    {
        var port = ServerProcess.FreePort();
        var settings = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new
        {
            Hub = new { HostName = "hub.example" },
            Web = new { Address = "127.0.0.1", Port = 0 },
            Module = new { DataFolder = Path.Combine(folder, "data"), LogLevel = "Warning" },
            Endpoint = new { Enabled = true, Address = "127.0.0.1", HttpsPort = 0, HttpPort = port, AllowedOrigins = (string[])["127.0.0.1:*"] },
        }), cancellationToken);
        var process = ServerProcess.Start(program, folder, "--settings", settings);
        await process.ListensAsync(port, cancellationToken);
        return new RunningCache(process, port, string.Create(CultureInfo.InvariantCulture, $"?cacheHostOrigin=127.0.0.1:{originPort}"));
    }
}
