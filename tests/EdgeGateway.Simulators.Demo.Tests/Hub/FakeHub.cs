using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeGateway.Simulators.Demo.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Simulators.Demo.Tests.Hub;

/// <summary>A service API of a few lines that remembers what it was asked and answers what a test tells it.</summary>
internal sealed class FakeHub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeHub(WebApplication app, X509Certificate2 authority)
    {
        _app = app;
        Authority = authority;
    }

    public X509Certificate2 Authority { get; }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Answers by "METHOD /path"; anything else is 404.</summary>
    public ConcurrentDictionary<string, (HttpStatusCode Status, string Body)> Answers { get; } = new();

    public ConcurrentQueue<(string Call, string Authorization, string Body, string IfMatch)> Calls { get; } = new();

    public static async Task<FakeHub> StartAsync()
    {
        var authority = MakeAuthority();
        var server = MakeServer(authority);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(server)));
        var app = builder.Build();
        var hub = new FakeHub(app, authority);
        app.Run(hub.AnswerAsync);
        await app.StartAsync();
        return hub;
    }

    public HubServiceClient Client(TimeProvider? time = null) =>
        new(Address, new IotHubConnectionString("hub.test", "iothubowner", "c2VjcmV0"), Authority, time ?? TimeProvider.System);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var call = $"{context.Request.Method} {context.Request.Path}";
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var authorization = context.Request.Headers.Authorization.ToString();
        Calls.Enqueue((call + context.Request.QueryString, authorization, await reader.ReadToEndAsync(), context.Request.Headers.IfMatch.ToString()));
        var (status, body) = Answers.TryGetValue(call, out var answer)
            ? answer
            : (HttpStatusCode.NotFound, """{"Message":"ErrorCode:DeviceNotFound"}""");
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    private static X509Certificate2 MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(10));
    }

    private static X509Certificate2 MakeServer(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(9), [1, 2, 3]);
        return certificate.CopyWithPrivateKey(key);
    }
}
