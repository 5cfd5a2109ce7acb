using System.Net;
using EdgeGateway.Simulators.IotHub.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Scenarios.Nested.Site;

/// <summary>A parent with a valid certificate that answers every request with the right number of wrong bytes.</summary>
internal sealed class LyingParent : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _answers;

    private LyingParent(WebApplication application) => _application = application;

    /// <summary>How often it lied.</summary>
    public int Answers => Volatile.Read(ref _answers);

    public int Port => new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    public static async Task<LyingParent> StartAsync(DevelopmentAuthority authority)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(authority.IssueServer(["localhost"]))));
        var application = builder.Build();
        var parent = new LyingParent(application);
        application.Run(parent.AnswerAsync);
        await application.StartAsync();
        return parent;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _answers);
        var bytes = new byte[int.Parse(context.Request.Query["size"]!, System.Globalization.CultureInfo.InvariantCulture)];
        context.Response.Headers.ETag = $"\"{context.Request.Path.Value!.Split('/')[^1]}\"";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    }
}
