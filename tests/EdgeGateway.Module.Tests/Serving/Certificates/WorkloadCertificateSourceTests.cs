using System.Text.Json;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Serving.Certificates;
using EdgeGateway.Module.Tests.Serving.Fakes;
using EdgeGateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Module.Tests.Serving.Certificates;

public sealed class WorkloadCertificateSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestCertificates _certificates = new();
    private readonly VirtualTime _time = new();
    private JsonElement _asked;

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task LoadAsync_DaemonMakesOne_IsForTheHostAndRenewedBeforeItEnds()
    {
        var now = _time.GetUtcNow();
        var (pem, key) = _certificates.Server("gw.example", now.AddDays(10), now);
        await using var daemon = await StartAsync(Results.Json(
            new { privateKey = new { type = "key", bytes = key }, certificate = $"{pem}\n{_certificates.AuthorityPem}", expiration = "2026-11-11T12:00:00Z" }, statusCode: 201));
        using var client = Client();
        var source = new WorkloadCertificateSource(client, "gw.example", _time);

        var certificate = await source.LoadAsync(CancellationToken.None);

        _asked.GetProperty("commonName").GetString().Should().Be("gw.example");
        _asked.GetProperty("expiration").GetDateTimeOffset().Should().Be(now + WorkloadCertificateSource.Lifetime);
        certificate.Context.TargetCertificate.Subject.Should().Be("CN=gw.example");
        source.IsDue(certificate, now).Should().BeFalse();
        source.IsDue(certificate, now.AddDays(6.9)).Should().BeFalse();
        source.IsDue(certificate, now.AddDays(7.1)).Should().BeTrue();
    }

    [Fact]
    public async Task LoadAsync_DaemonRefuses_SaysWhy()
    {
        await using var daemon = await StartAsync(Results.Json(new { message = "no" }, statusCode: 403));
        using var client = Client();

        var act = async () => await new WorkloadCertificateSource(client, "gw.example", _time).LoadAsync(CancellationToken.None);

        await act.Should().ThrowAsync<CertificateException>().WithMessage("*gw.example*status 403*no*");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "privateKey": { "type": "ref", "ref": "x" }, "certificate": "x" }""")]
    [InlineData("""{ "privateKey": { "type": "key", "bytes": "x" }, "certificate": "x" }""")]
    public async Task LoadAsync_DaemonAnswersNonsense_IsAProblem(string answer)
    {
        await using var daemon = await StartAsync(Results.Text(answer, "application/json", statusCode: 201));
        using var client = Client();

        var act = async () => await new WorkloadCertificateSource(client, "gw.example", _time).LoadAsync(CancellationToken.None);

        await act.Should().ThrowAsync<CertificateException>();
    }

    private WorkloadClient Client() => new(new Uri("unix://" + _folder.File("workload.sock")), "gateway", "637");

    private async Task<WebApplication> StartAsync(IResult answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(_folder.File("workload.sock")));
        var app = builder.Build();
        app.MapPost("/modules/gateway/genid/637/certificate/server", (JsonElement request) =>
        {
            _asked = request.Clone();
            return answer;
        });
        await app.StartAsync();
        return app;
    }
}
