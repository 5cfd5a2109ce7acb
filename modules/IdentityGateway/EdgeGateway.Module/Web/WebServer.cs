using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Web;

/// <summary>
/// Kestrel, alone: the endpoint of metrics and health. A port that cannot be had is tried again and again, and stops nothing else.
/// </summary>
internal sealed partial class WebServer : IHostedService, IAsyncDisposable
{
    /// <summary>Wait before a port that could not be had is tried again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(500);

    private readonly WebOptions _options;
    private readonly IEnumerable<IWebPage> _pages;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _starting = Task.CompletedTask;
    private KestrelServer? _server;
    private bool _disposed;

    public WebServer(WebOptions options, IEnumerable<IWebPage> pages, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _pages, _time, _loggers) = (options, pages, time, loggers);
        _logger = loggers.CreateLogger<WebServer>();
    }

    /// <summary>Where it answers, as soon as it does.</summary>
    public Task<Uri> Address => _address.Task;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _starting = StartServerAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _starting;
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            using var limit = new CancellationTokenSource(StopLimit, _time);
            await server.StopAsync(limit.Token);
            server.Dispose();
        }
    }

    /// <summary>Also where the host ends without a stop; a second call does nothing, as hosted services are disposed twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await StopAsync(CancellationToken.None);
            _stopping.Dispose();
        }
    }

    private async Task StartServerAsync()
    {
        var told = false;
        while (!_stopping.IsCancellationRequested)
        {
            var server = CreateServer();
            try
            {
                await server.StartAsync(new WebApplication(_pages, _logger), _stopping.Token);
                _server = server;
                var address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
                LogListening(address);
                _address.TrySetResult(address);
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                server.Dispose();
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
            {
                server.Dispose();
                if (!told)
                {
                    LogNotListening(_options.Address, _options.Port, Pause, e.Message);
                    told = true;
                }

                await Task.Delay(Pause, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private KestrelServer CreateServer()
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = 32;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.MaxRequestHeadersTotalSize = 8192;
        options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        options.Listen(IPAddress.Parse(_options.Address), _options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { IOQueueCount = 1 }), _loggers);
        return new KestrelServer(Options.Create(options), transport, _loggers);
    }

    [LoggerMessage(4300, LogLevel.Information, "Metrics and health on {Address}")]
    private partial void LogListening(Uri address);

    [LoggerMessage(4301, LogLevel.Warning,
        "No metrics and health on {Address} port {Port}, all else goes on; tried again every {Pause}: {Problem}")]
    private partial void LogNotListening(string address, int port, TimeSpan pause, string problem);
}
