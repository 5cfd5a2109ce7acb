using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace EdgeGateway.Containers.Engine;

/// <summary>Calls of the Docker Engine API over the engine's unix socket. Without a version in the path an engine answers in its own.</summary>
public sealed class EngineClient : IDisposable
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(90);
    private readonly HttpClient _http;

    public EngineClient(string socket)
    {
        Host = "unix://" + socket;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://engine/"), Timeout = CallLimit };
    }

    /// <summary>What DOCKER_HOST has to be for this engine.</summary>
    public string Host { get; }

    public async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await _http.GetAsync("_ping");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // nobody listens
        }
    }

    public async Task<bool> HasImageAsync(string name)
    {
        using var response = await _http.GetAsync($"images/{name}/json");
        return response.StatusCode == HttpStatusCode.OK;
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public async Task<byte[]> DownloadAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public async Task UploadAsync(string path, Stream tar)
    {
        using var response = await SendAsync(HttpMethod.Put, path, new StreamContent(tar));
    }

    public async Task PostAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Post, path);
    }

    /// <summary>Makes something and hands out the id the engine gave it.</summary>
    public async Task<string> CreateAsync(string path, object body)
    {
        using var response = await SendAsync(HttpMethod.Post, path, JsonContent.Create(body));
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>())!["Id"]!;
    }

    public async Task DeleteAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Delete, path);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        var response = await _http.SendAsync(request);
        if ((int)response.StatusCode < 400)
        {
            return response;
        }

        using (response)
        {
            throw new EngineException($"{method} {path}: {await response.Content.ReadAsStringAsync()}", response.StatusCode);
        }
    }
}
