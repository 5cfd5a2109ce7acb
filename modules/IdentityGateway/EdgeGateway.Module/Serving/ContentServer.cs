using EdgeGateway.Module.Serving.Certificates;
using EdgeGateway.Module.Web;

namespace EdgeGateway.Module.Serving;

/// <summary>The content endpoint: HTTPS for gateways below, plain HTTP for clients of Connected Cache, each by itself.</summary>
internal sealed partial class ContentServer : IHostedService, IAsyncDisposable
{
    private readonly EndpointOptions _options;
    private readonly ILogger<ContentServer> _logger;

    public ContentServer(
        EndpointOptions options, KestrelFactory servers, EndpointApplication application, CertificateKeeper certificates, TimeProvider time, ILogger<ContentServer> logger)
    {
        (_options, _logger, Certificates) = (options, logger, certificates);
        Https = options.HttpsPort == 0 ? null : new PatientServer(servers.CreateHttps, application, time);
        Http = options.HttpPort == 0 ? null : new PatientServer(servers.CreateHttp, application, time);
    }

    /// <summary>The server of HTTPS; null where it is off.</summary>
    public PatientServer? Https { get; }

    /// <summary>The server of plain HTTP; null where it is off.</summary>
    public PatientServer? Http { get; }

    public CertificateKeeper Certificates { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Https is not null)
        {
            Certificates.Start();
            Https.Start(LogListening, problem => LogNotListening(_options.HttpsPort, PatientServer.Pause, problem));
        }

        Http?.Start(LogListening, problem => LogNotListening(_options.HttpPort, PatientServer.Pause, problem));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(((PatientServer?[])[Https, Http]).OfType<PatientServer>().Select(s => s.StopAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in ((PatientServer?[])[Https, Http]).OfType<PatientServer>())
        {
            await server.DisposeAsync();
        }
    }

    [LoggerMessage(4402, LogLevel.Information, "Content on {Address}")]
    private partial void LogListening(Uri address);

    [LoggerMessage(4403, LogLevel.Warning, "No content on port {Port}, all else goes on; tried again every {Pause}: {Problem}")]
    private partial void LogNotListening(int port, TimeSpan pause, string problem);
}
