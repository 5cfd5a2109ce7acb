using Microsoft.Extensions.Diagnostics.HealthChecks;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeGateway.Content;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Serving;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Module.Tests.Serving.Fakes;

/// <summary>The content endpoint on free ports of this machine, with a fake feed, and clients for it.</summary>
internal sealed class EndpointBench : IAsyncDisposable
{
    public const string Hub = "hub.example";
    public const string Child = "line-3/gateway";
    public static readonly byte[] GroupKey = SHA256.HashData("the group of a test"u8);

    private readonly TempFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly MeasuredMetrics _metrics;

    private EndpointBench(Action<EndpointOptions>? set, TimeProvider? time)
    {
        var (certificate, key) = Certificates.Server("localhost");
        File.WriteAllText(_folder.File("server.pem"), certificate);
        File.WriteAllText(_folder.File("server.key"), key);
        File.WriteAllText(_folder.File("trust.pem"), Certificates.AuthorityPem);
        File.WriteAllText(_folder.File("group.key"), Convert.ToBase64String(GroupKey));
        var options = new EndpointOptions
        {
            Enabled = true,
            TakesFreePorts = true,
            Address = "127.0.0.1",
            HttpPort = 1,
            CertificateFile = _folder.File("server.pem"),
            CertificateKeyFile = _folder.File("server.key"),
            TrustedCaFile = _folder.File("trust.pem"),
            ChildGroupKeyFile = _folder.File("group.key"),
            AllowedOrigins = { "origin.example", "127.0.0.1:8080" },
        };
        set?.Invoke(options);
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton<IContentCache>(Feed);
        services.AddSingleton<IModuleIdentitySource>(RuntimeEnvironment.Empty);
        services.AddSingleton<System.Diagnostics.Metrics.IMeterFactory, TestMeterFactory>();
        services.AddSingleton(Instance);
        services.AddLogging(l => l.AddProvider(Log));
        services.AddContentEndpoint(options, new HubOptions { HostName = Hub });
        _services = services.BuildServiceProvider();
        _services.GetRequiredService<EndpointMetrics>();
        _metrics = new MeasuredMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
    }

    public TestCertificates Certificates { get; } = new();

    public FakeFeed Feed { get; } = new();

    public CapturedLog Log { get; } = new();

    public EdgeGateway.Content.Sources.Paths.GatewayInstance Instance { get; } = new();

    public Uri Https { get; private set; } = null!;

    public Uri Http { get; private set; } = null!;

    public ContentServer Server => _services.GetRequiredService<ContentServer>();

    public async Task<HealthCheckResult> CheckAsync() =>
        await ActivatorUtilities.CreateInstance<EndpointReadiness>(_services).CheckHealthAsync(new HealthCheckContext());

    public static async Task<EndpointBench> StartAsync(Action<EndpointOptions>? set = null, TimeProvider? time = null)
    {
        var bench = new EndpointBench(set, time);
        foreach (var hosted in bench._services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }

        if (bench.Server.Https is { } https)
        {
            bench.Https = Local(await https.Address.WaitAsync(Patience.Limit));
            while (bench.Server.Certificates.Current is null && bench.Server.Certificates.Problem is null)
            {
                await Task.Yield();
            }
        }

        bench.Http = bench.Server.Http is { } http ? Local(await http.Address.WaitAsync(Patience.Limit)) : null!;
        return bench;
    }

    /// <summary>Path of a file beside the certificates.</summary>
    public string File_(string name) => _folder.File(name);

    /// <summary>Value of a metric now, over all labels that contain a text.</summary>
    public double Metric(string name, string label = "") => _metrics.Sum(name, label);

    /// <summary>A client that trusts the test's authority and shows a certificate or not.</summary>
    public HttpClient Client(X509Certificate2? certificate = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) =>
            (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == 0 && shown!.Issuer == Certificates.Authority.Subject;
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        return new HttpClient(handler) { Timeout = Patience.Limit };
    }

    /// <summary>Asks with a token of the child unless another one is given.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestMessage>? set = null, string? token = null)
    {
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Https, path));
        request.Headers.TryAddWithoutValidation("Authorization", token ?? Token());
        set?.Invoke(request);
        return await client.SendAsync(request, HttpCompletionOption.ResponseContentRead);
    }

    /// <summary>A token of a child.</summary>
    public static string Token(string child = Child, string hub = Hub, DateTimeOffset? expiry = null, byte[]? key = null)
    {
        var parts = child.Split('/');
        return SharedAccessSignature.Create(
            $"{hub}/devices/{parts[0]}/modules/{parts[1]}",
            key ?? DerivedKey.Compute(GroupKey, child),
            expiry ?? new DateTimeOffset(2089, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToString();
    }

    /// <summary>Sends lines as they are over plain HTTP, and reads until the connection ends or falls silent at the end of the headers.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Http.Port);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        var (buffer, text) = (new byte[4096], "");
        using var limit = new CancellationTokenSource(Patience.Limit);
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var got = await socket.ReceiveAsync(buffer, SocketFlags.None, limit.Token);
            if (got == 0)
            {
                break;
            }

            text += Encoding.Latin1.GetString(buffer, 0, got);
        }

        return text;
    }

    /// <summary>Waits for something that happens soon.</summary>
    public static async Task UntilAsync(Func<bool> reached)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!reached())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > Patience.Limit)
            {
                throw new TimeoutException("It did not happen.");
            }

            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Certificates.Dispose();
        _folder.Dispose();
    }

    private static Uri Local(Uri address) => new UriBuilder(address) { Host = "localhost" }.Uri;
}
