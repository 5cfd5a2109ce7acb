using System.Net.Http.Json;
using System.Text.Json;
using EdgeGateway.Simulators.Demo.Deployment;

namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>The server that images come from: publishes a file there and asks how much it has served.</summary>
/// <param name="address">Its address, seen from here.</param>
/// <param name="forGateway">Its address, seen from the gateway.</param>
public sealed class OriginClient(Uri address, Uri forGateway) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Makes an image available and says where.</summary>
    public async Task<Uri> PublishAsync(FirmwareImage image, CancellationToken cancellation)
    {
        var name = Uri.EscapeDataString(image.FileName);
        using var response = await _http.PutAsync(name, new ByteArrayContent(image.Content), cancellation);
        response.EnsureSuccessStatusCode();
        return new Uri(forGateway, name);
    }

    /// <summary>Bytes of files it has sent so far.</summary>
    public async Task<long> BytesServedAsync(CancellationToken cancellation)
    {
        var statistics = await _http.GetFromJsonAsync<JsonElement>("statistics", cancellation);
        return statistics.GetProperty("bytes").GetInt64();
    }

    public void Dispose() => _http.Dispose();
}
