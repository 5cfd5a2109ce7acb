using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace EdgeGateway.Content.Tests.Sources;

/// <summary>A web server on loopback that answers as a test says.</summary>
internal sealed class HttpOrigin : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpOrigin(WebApplication app)
    {
        _app = app;
        app.Run(context =>
        {
            Requests.Enqueue((context.Request.Path, context.Request.Headers.Range.ToString(), context.Request.Headers.IfRange.ToString()));
            return Handler(context);
        });
    }

    public RequestDelegate Handler { get; set; } = _ => Task.CompletedTask;

    public ConcurrentQueue<(string Path, string Range, string IfRange)> Requests { get; } = [];

    public Uri Address { get; private set; } = new("http://unset");

    public static async Task<HttpOrigin> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var origin = new HttpOrigin(builder.Build());
        await origin._app.StartAsync();
        origin.Address = new Uri(origin._app.Urls.Single());
        return origin;
    }

    /// <summary>A good server: ranges, If-Range, ETag.</summary>
    public static RequestDelegate Serve(byte[] bytes, string? etag = "\"v1\"", bool weak = false, bool ranges = true) => context =>
        Results.Bytes(bytes, enableRangeProcessing: ranges, entityTag: etag is null ? null : new EntityTagHeaderValue(etag, weak)).ExecuteAsync(context);

    /// <summary>Sends part of what it announces, then does something else.</summary>
    public static RequestDelegate SendThen(byte[] bytes, int count, long? announced, Func<HttpContext, Task> then) => async context =>
    {
        context.Response.ContentLength = announced;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, count));
        await context.Response.Body.FlushAsync();
        await then(context);
    };

    public static RequestDelegate Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
