using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.Demo.Hub;

/// <summary>What an operator does at the hub: the few calls of IoT Hub's service REST API that the demo needs.</summary>
public sealed class HubServiceClient : IDisposable
{
    private const string ApiVersion = "2021-04-12";
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(20);
    private readonly IotHubConnectionString _hub;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <param name="address">Where the service API listens.</param>
    /// <param name="hub">The operator's key.</param>
    /// <param name="authority">The only authority whose certificates are trusted.</param>
    /// <param name="time">Clock of tokens.</param>
    public HubServiceClient(Uri address, IotHubConnectionString hub, X509Certificate2 authority, TimeProvider time)
    {
        _hub = hub;
        _time = time;
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = CallLimit };
    }

    /// <summary>Creates a device with a symmetric key; one that is there is given the key.</summary>
    /// <param name="deviceId">Its id.</param>
    /// <param name="key">Its key, base64.</param>
    /// <param name="isEdge">Whether it is an edge device.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <param name="parentScope">Scope of the edge device it is a child of; null for none.</param>
    /// <returns>The scope it is in: its own where it is an edge device; null where it is in none.</returns>
    public async Task<string?> CreateDeviceAsync(
        string deviceId, string key, bool isEdge, CancellationToken cancellation, string? parentScope = null)
    {
        var body = Identity(deviceId, key, isEdge);
        if (parentScope is not null)
        {
            body[isEdge ? "parentScopes" : "deviceScope"] = isEdge ? new JsonArray(parentScope) : parentScope;
        }

        var created = await PutAsync($"devices/{Uri.EscapeDataString(deviceId)}", body, cancellation);
        return created.TryGetProperty("deviceScope", out var scope) ? scope.GetString() : null;
    }

    /// <summary>Creates a module of an edge device; one that is there is given the key.</summary>
    public Task CreateModuleAsync(string deviceId, string moduleId, string key, CancellationToken cancellation)
    {
        var body = Identity(deviceId, key, isEdge: false);
        body["moduleId"] = moduleId;
        return PutAsync($"devices/{Uri.EscapeDataString(deviceId)}/modules/{Uri.EscapeDataString(moduleId)}", body, cancellation);
    }

    /// <summary>The whole twin of a device.</summary>
    public async Task<JsonElement> GetTwinAsync(string deviceId, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, $"twins/{Uri.EscapeDataString(deviceId)}", body: null, cancellation);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
    }

    /// <summary>Merges a patch into the desired properties of a device.</summary>
    public async Task PatchDesiredAsync(string deviceId, JsonObject desired, CancellationToken cancellation)
    {
        var body = new JsonObject { ["properties"] = new JsonObject { ["desired"] = desired.DeepClone() } };
        using var response = await SendAsync(HttpMethod.Patch, $"twins/{Uri.EscapeDataString(deviceId)}", body, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private static JsonObject Identity(string deviceId, string key, bool isEdge) => new()
    {
        ["deviceId"] = deviceId,
        ["status"] = "enabled",
        ["authentication"] = new JsonObject
        {
            ["type"] = "sas",
            ["symmetricKey"] = new JsonObject { ["primaryKey"] = key, ["secondaryKey"] = DeviceKey.Random() },
        },
        ["capabilities"] = new JsonObject { ["iotEdge"] = isEdge },
    };

    private async Task<JsonElement> PutAsync(string path, JsonObject body, CancellationToken cancellation)
    {
        try
        {
            using var created = await SendAsync(HttpMethod.Put, path, body, cancellation);
            return await created.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        }
        catch (HubRestException e) when (e.Status == HttpStatusCode.Conflict)
        {
            using var updated = await SendAsync(HttpMethod.Put, path, body, cancellation, ifMatch: "*");
            return await updated.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, JsonNode? body, CancellationToken cancellation, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, $"{path}?api-version={ApiVersion}");
        request.Headers.TryAddWithoutValidation("Authorization", SasToken.Create(_hub, _time.GetUtcNow() + TokenLife));
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        var response = await _http.SendAsync(request, cancellation);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellation);
            throw new HubRestException(method, path, response.StatusCode, text);
        }
    }
}
