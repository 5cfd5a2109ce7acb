using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeGateway.Module.Web;

/// <summary>
/// Serves the pages of metrics and health. A port that is taken stops nothing else: it is tried again every <see cref="RetryDelay"/>.
/// </summary>
internal sealed partial class WebServer(WebOptions options, IEnumerable<IWebPage> pages, TimeProvider time, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    /// <summary>Wait before a port that is taken is tried again.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(500);
    private static readonly HttpMethodMetadata Methods = new([HttpMethods.Get, HttpMethods.Head]);

    private readonly IWebPage[] _pages = [.. pages];
    private readonly ILogger _logger = loggers.CreateLogger<WebServer>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _starting = Task.CompletedTask;
    private WebApplication? _application;
    private bool _disposed;

    /// <summary>Gets the address, as soon as the server listens.</summary>
    public Task<Uri> Address => _address.Task;

    /// <summary>Begins to listen; does not wait until it does.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _starting = Task.Run(ListenAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _starting;
        if (Interlocked.Exchange(ref _application, null) is { } application)
        {
            using var limit = new CancellationTokenSource(StopLimit, time);
            await application.StopAsync(limit.Token);
            await application.DisposeAsync();
        }
    }

    /// <summary>Stops the server where there was no stop before; a second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await StopAsync(CancellationToken.None);
            _stopping.Dispose();
        }
    }

    private async Task ListenAsync()
    {
        var isReported = false;
        while (!_stopping.IsCancellationRequested)
        {
            var application = Build();
            try
            {
                await application.StartAsync(_stopping.Token);
                _application = application;
                var address = new Uri(application.Urls.First());
                LogListening(address);
                _address.TrySetResult(address);
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                await application.DisposeAsync();
            }
            catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
            {
                await application.DisposeAsync();
                if (!isReported)
                {
                    isReported = true;
                    LogNotListening(options.Address, options.Port, RetryDelay, e.Message);
                }

                await Task.Delay(RetryDelay, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Builds an application without configuration, environment or signals of its own: those belong to the host of the gateway.</summary>
    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 32;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestHeadersTotalSize = 8192;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.WebHost.UseSockets(sockets => sockets.IOQueueCount = 1);
        builder.Services.AddRoutingCore().AddSingleton(loggers).AddSingleton<IHostLifetime, NoSignals>();
        var application = builder.Build();
        application.Use(AnswerAsync);
        var group = application.MapGroup("");
        group.WithMetadata(Methods);
        foreach (var page in _pages)
        {
            page.Map(group);
        }

        return application;
    }

    /// <summary>Answers what no page answers: other paths, and pages that fail.</summary>
    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.GetEndpoint() is null)
        {
            var paths = string.Join(", ", _pages.Select(p => p.Path).Order(StringComparer.Ordinal));
            await WriteAsync(context, StatusCodes.Status404NotFound, $"There is nothing here. Pages: {paths}\n");
            return;
        }

        try
        {
            await next(context);
        }
#pragma warning disable CA1031 // a page that fails must not look like an endpoint that is gone
        catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            LogPageFailed(e, context.Request.Path);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, $"{context.Request.Path} failed: {e.Message}\n");
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>Leaves signals to the host of the gateway.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [LoggerMessage(4300, LogLevel.Information, "Metrics and health are served. Address={Address}")]
    private partial void LogListening(Uri address);

    [LoggerMessage(4301, LogLevel.Warning,
        "Metrics and health are not served; all else goes on. Address={Address} Port={Port} RetryDelay={Delay} Problem={Problem}")]
    private partial void LogNotListening(string address, int port, TimeSpan delay, string problem);

    [LoggerMessage(4302, LogLevel.Error, "Page failed. Path={Path}")]
    private partial void LogPageFailed(Exception problem, string path);
}
