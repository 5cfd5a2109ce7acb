using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge.Scope;

/// <summary>Reads the scope from the hub above over HTTPS, with the edge hub's own token.</summary>
internal sealed class UpstreamScopeSource : IScopeSource, IDisposable
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(10);
    private readonly EdgeHubOptions _options;
    private readonly SwitchedTransport _way;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public UpstreamScopeSource(EdgeHubOptions options, SwitchedTransport way, TimeProvider time)
    {
        (_options, _way, _time) = (options, way, time);
        var tls = new SslClientAuthenticationOptions();
        if (options.UpstreamCaFile is { } file)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        }

        _http = new HttpClient(new SocketsHttpHandler { SslOptions = tls, UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = new UriBuilder("https", options.UpstreamHost, options.UpstreamHttpsPort).Uri,
            Timeout = Timeout.InfiniteTimeSpan, // bounded below, by the simulator's clock
        };
    }

    private EdgeCredentials Credentials => _options.Credentials;

    public Task<IReadOnlyList<JsonObject>> ReadAllAsync(CancellationToken cancellationToken) =>
        AskAsync(ScopeApi.All, new JsonObject { ["pageSize"] = 1000, ["authChain"] = Credentials.EdgeId }, cancellationToken);

    public Task<IReadOnlyList<JsonObject>> ReadAsync(IdentityName name, CancellationToken cancellationToken) => AskAsync(
        ScopeApi.One,
        new JsonObject { ["targetDeviceId"] = name.DeviceId, ["targetModuleId"] = name.ModuleId, ["authChain"] = $"{name};{Credentials.EdgeId}" },
        cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<JsonObject>> AskAsync(string call, JsonObject body, CancellationToken cancellationToken)
    {
        _way.ThrowIfCut();
        var path = $"/devices/{Uri.EscapeDataString(Credentials.EdgeId)}/modules/{Uri.EscapeDataString(IdentityName.EdgeHubModule)}/{call}";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?api-version={ScopeApi.ApiVersion}");
        request.Headers.TryAddWithoutValidation("Authorization", Credentials.CreateToken(_time.GetUtcNow() + TokenLife));
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var timeout = new CancellationTokenSource(_options.CloudTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            var text = await response.Content.ReadAsStringAsync(either.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => ScopeApi.Read(JsonNode.Parse(text)!.AsObject()),
                HttpStatusCode.NotFound => [],
                HttpStatusCode.Unauthorized => throw new HubException(HubFailure.Unauthorized, $"The hub above refused '{Credentials.Name}': {text}"),
                _ => throw new HubException(HubFailure.Unreachable, $"The hub above answered {call} with {(int)response.StatusCode}."),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new HubException(HubFailure.Unreachable, $"{_http.BaseAddress} did not answer {call}: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new HubException(HubFailure.ProtocolError, $"The answer to {call} cannot be read: {e.Message}", e);
        }
    }
}
