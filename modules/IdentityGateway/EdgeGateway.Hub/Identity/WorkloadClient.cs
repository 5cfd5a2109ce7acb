using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace EdgeGateway.Hub.Identity;

/// <summary>The workload API of the IoT Edge security daemon: signs with the module's key, makes certificates, and knows the
/// device's trust bundle.</summary>
public sealed class WorkloadClient : IDisposable
{
    /// <summary>Known to every daemon since IoT Edge 1.0.</summary>
    private const string ApiVersion = "2018-06-28";

    private readonly HttpClient _http;
    private readonly Uri _uri;
    private readonly string _module;

    /// <param name="uri"><c>unix:///path/to/socket</c>, or <c>http://host:port</c>.</param>
    /// <param name="moduleId">Module id.</param>
    /// <param name="generationId">Generation of the module, from the environment.</param>
    public WorkloadClient(Uri uri, string moduleId, string generationId)
    {
        _uri = uri;
        _module = $"modules/{Uri.EscapeDataString(moduleId)}/genid/{Uri.EscapeDataString(generationId)}";
        var handler = new SocketsHttpHandler();
        if (uri.Scheme == "unix")
        {
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(uri.LocalPath, cancellationToken);
        }

        _http = new HttpClient(handler)
        {
            BaseAddress = uri.Scheme == "unix" ? new Uri("http://workload/") : uri,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>HMAC-SHA256 of data under the module's key.</summary>
    /// <exception cref="WorkloadException">The daemon is away or refuses.</exception>
    public Task<byte[]> SignAsync(byte[] data, CancellationToken cancellationToken) => AskAsync(
        "sign",
        () => new HttpRequestMessage(HttpMethod.Post, $"{_module}/sign?api-version={ApiVersion}")
        {
            Content = JsonContent.Create(new { keyId = "primary", algo = "HMACSHA256", data = Convert.ToBase64String(data) }),
        },
        json => json.GetProperty("digest").GetBytesFromBase64(),
        cancellationToken);

    /// <summary>The certificate authorities of the device, as PEM.</summary>
    /// <exception cref="WorkloadException">The daemon is away or refuses.</exception>
    public Task<string> GetTrustBundleAsync(CancellationToken cancellationToken) => AskAsync(
        "give its trust bundle",
        () => new HttpRequestMessage(HttpMethod.Get, $"trust-bundle?api-version={ApiVersion}"),
        json => json.GetProperty("certificate").GetString() ?? throw new FormatException("the certificate is null"),
        cancellationToken);

    /// <summary>Has the device's certificate authority make a server certificate for this module.</summary>
    /// <param name="commonName">Host name that clients connect to; the daemon puts it into the alternative names, too.</param>
    /// <param name="expiration">When it shall end; the daemon may make it end sooner.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WorkloadException">The daemon is away or refuses.</exception>
    public Task<IssuedCertificate> CreateServerCertificateAsync(
        string commonName, DateTimeOffset expiration, CancellationToken cancellationToken) => AskAsync(
        "make a server certificate",
        () => new HttpRequestMessage(HttpMethod.Post, $"{_module}/certificate/server?api-version={ApiVersion}")
        {
            Content = JsonContent.Create(new { commonName, expiration = Text(expiration) }),
        },
        ReadCertificate,
        cancellationToken);

    /// <summary>Has the device's certificate authority make a client certificate for this module, which names it in a SAN URI.</summary>
    /// <param name="expiration">When it shall end; the daemon may make it end sooner.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WorkloadException">The daemon is away or refuses.</exception>
    public Task<IssuedCertificate> CreateIdentityCertificateAsync(DateTimeOffset expiration, CancellationToken cancellationToken) => AskAsync(
        "make an identity certificate",
        () => new HttpRequestMessage(HttpMethod.Post, $"{_module}/certificate/identity?api-version={ApiVersion}")
        {
            Content = JsonContent.Create(new { expiration = Text(expiration) }),
        },
        ReadCertificate,
        cancellationToken);

    public void Dispose() => _http.Dispose();

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IssuedCertificate ReadCertificate(JsonElement json)
    {
        var key = json.GetProperty("privateKey");
        var type = key.GetProperty("type").GetString();
        return type == "key"
            ? new IssuedCertificate(Text(json, "certificate"), Text(key, "bytes"))
            : throw new FormatException($"the private key is of type '{type}', and 'key' was expected");
    }

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"the {name} is null");

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<T> AskAsync<T>(
        string what, Func<HttpRequestMessage> request, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        try
        {
            using var message = request();
            using var response = await _http.SendAsync(message, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                throw new WorkloadException($"The workload API at {_uri} did not {what}: status {(int)response.StatusCode} {text}".TrimEnd());
            }

            return read(await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkloadException($"The workload API at {_uri} did not {what} within {_http.Timeout}.", e);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new WorkloadException($"The workload API at {_uri} did not {what}: {e.Message}", e);
        }
    }
}

/// <summary>A certificate that the IoT Edge security daemon made, with its key.</summary>
/// <param name="CertificatePem">The certificate, then those that vouch for it, as PEM.</param>
/// <param name="PrivateKeyPem">Its private key, as PEM. A secret.</param>
public sealed record IssuedCertificate(string CertificatePem, string PrivateKeyPem)
{
    /// <summary>Never the key.</summary>
    public override string ToString() => "certificate of the IoT Edge security daemon";
}

/// <summary>The IoT Edge security daemon did not do what was asked.</summary>
public sealed class WorkloadException(string message, Exception? inner = null) : Exception(message, inner);
