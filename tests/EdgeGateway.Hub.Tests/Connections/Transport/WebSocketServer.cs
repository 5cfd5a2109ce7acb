using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using EdgeGateway.Hub.Connections.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Tests.Connections.Transport;

/// <summary>Takes WebSockets over TLS as a hub does, on a free loopback port, by Kestrel.</summary>
internal sealed class WebSocketServer : IAsyncDisposable
{
    private readonly List<WebSocket> _sockets = [];
    private readonly Channel<Stream> _accepted = Channel.CreateUnbounded<Stream>();
    private readonly CancellationTokenSource _ended = new();
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _application;

    private WebSocketServer(X509Certificate2 certificate)
    {
        _certificate = certificate;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        _application = builder.Build();
        _application.UseWebSockets();
        _application.Run(AcceptAsync);
    }

    /// <summary>What every request is answered with instead of an upgrade.</summary>
    public int? Refusal { get; set; }

    /// <summary>The subprotocol that is granted.</summary>
    public string? SubProtocol { get; set; } = WebSocketTransport.SubProtocol;

    public int Port { get; private set; }

    public static async Task<WebSocketServer> StartAsync(X509Certificate2 certificate)
    {
        var server = new WebSocketServer(certificate);
        await server._application.StartAsync();
        server.Port = new Uri(server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return server;
    }

    /// <summary>The bytes of the next connection.</summary>
    public Task<Stream> NextAsync() => _accepted.Reader.ReadAsync().AsTask().WaitAsync(TestEnvironment.Patience);

    /// <summary>Breaks all connections without a word.</summary>
    public void Abort() => _sockets.ForEach(s => s.Abort());

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _application.DisposeAsync();
        _ended.Dispose();
        _certificate.Dispose();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        var asked = context.WebSockets.WebSocketRequestedProtocols;
        if (Refusal is not null || context.Request.Path != "/$iothub/websocket" || !context.WebSockets.IsWebSocketRequest || !asked.Contains("mqtt"))
        {
            context.Response.StatusCode = Refusal ?? StatusCodes.Status404NotFound;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(SubProtocol);
        _sockets.Add(socket);
        await _accepted.Writer.WriteAsync(WebSocketStream.Create(socket, WebSocketMessageType.Binary, TimeSpan.FromSeconds(1)));
        await Task.Delay(Timeout.Infinite, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
