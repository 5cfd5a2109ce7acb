using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Web;

/// <summary>Kestrel, alone: the endpoint of metrics and health.</summary>
internal sealed partial class WebServer : IHostedService, IAsyncDisposable
{
    private readonly WebOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly PatientServer _server;

    public WebServer(WebOptions options, IEnumerable<IWebPage> pages, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _loggers) = (options, loggers);
        _logger = loggers.CreateLogger<WebServer>();
        _server = new PatientServer(CreateServer, new WebApplication(pages, _logger), time);
    }

    /// <summary>Where it answers, as soon as it does.</summary>
    public Task<Uri> Address => _server.Address;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _server.Start(LogListening, problem => LogNotListening(_options.Address, _options.Port, PatientServer.Pause, problem));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

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
