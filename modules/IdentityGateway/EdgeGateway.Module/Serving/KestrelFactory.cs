using System.Net;
using EdgeGateway.Module.Serving.Direct;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Serving;

/// <summary>Makes the servers of the content endpoint: Kestrel alone, everything a client can take bounded.</summary>
internal sealed class KestrelFactory(EndpointOptions options, TlsSetup tls, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    /// <summary>Time a reader may be slower than the least rate, at any moment.</summary>
    public static readonly TimeSpan SlowGrace = TimeSpan.FromSeconds(10);

    private readonly ServiceProvider _services = KestrelServices();

    public IServer CreateHttps() => Create(IPAddress.Parse(options.Address), options.HttpsPort, listen => listen.UseHttps(new TlsHandshakeCallbackOptions
    {
        OnConnection = context => tls.OnConnectionAsync(context.Connection, context.CancellationToken),
        HandshakeTimeout = TimeSpan.FromSeconds(10),
    }));

    public IServer CreateHttp() => Create(
        IPAddress.Parse(string.IsNullOrEmpty(options.HttpAddress) ? options.Address : options.HttpAddress), options.HttpPort,
        listen => listen.Use(next => DirectMiddleware.Use(next, options.MinBytesPerSecond, time)));

    public void Dispose() => _services.Dispose();

    private KestrelServer Create(IPAddress address, int port, Action<ListenOptions> configure)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = _services };
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxRequestBodySize = 0;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MinResponseDataRate = new MinDataRate(options.MinBytesPerSecond, SlowGrace);
        kestrel.Listen(address, options.TakesFreePorts ? 0 : port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1; // one request at a time on each connection, so that connections bound everything
            configure(listen);
        });

        // Inline: a request is answered where its bytes were read, on a thread of the pool; the thread that waits for sockets does neither.
        var sockets = new SocketTransportOptions { IOQueueCount = 1, UnsafePreferInlineScheduling = true };
        var transport = new SocketTransportFactory(Options.Create(sockets), loggers);
        return new KestrelServer(Options.Create(kestrel), transport, loggers);
    }

    /// <summary>What Kestrel's HTTPS asks its host for, without a host.</summary>
    private static ServiceProvider KestrelServices()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        return builder.Services.BuildServiceProvider();
    }
}
