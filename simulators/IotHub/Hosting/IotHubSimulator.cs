using System.Net;
using System.Security.Authentication;
using EdgeGateway.Simulators.IotHub.Edge;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Mqtt;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Rest;
using EdgeGateway.Simulators.IotHub.Security;
using EdgeGateway.Simulators.IotHub.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>
/// A stand-in for IoT Hub: MQTT 3.1.1 over TLS for devices and modules, the service REST API over HTTPS. Runs in the process of a test, or as
/// an executable of its own.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class IotHubSimulator : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ServerCertificate _certificate;
    private readonly HubState _hub;
    private readonly RegistryFile? _registryFile;
    private readonly string? _temporaryFolder;

    private IotHubSimulator(
        WebApplication application, ServerCertificate certificate, HubState hub, RegistryFile? registryFile, string? temporaryFolder)
    {
        _application = application;
        _certificate = certificate;
        _hub = hub;
        _registryFile = registryFile;
        _temporaryFolder = temporaryFolder;
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var ends = addresses.Select(a => IPEndPoint.Parse(new Uri(a).Authority)).ToList();
        (MqttEndpoint, HttpsEndpoint) = (ends[0], ends[1]);
        GatewayHostName = application.Services.GetRequiredService<IotHubSimulatorOptions>().HostName;
    }

    /// <summary>Gets the endpoint of MQTT over TLS.</summary>
    public IPEndPoint MqttEndpoint { get; }

    /// <summary>Gets the endpoint of the service API.</summary>
    public IPEndPoint HttpsEndpoint { get; }

    /// <summary>Base address of the service API.</summary>
    public Uri HttpsUri => new($"https://{HttpsEndpoint}");

    /// <summary>Name of the hub in tokens.</summary>
    public string HostName => _hub.HostName;

    /// <summary>Gets the PEM file of the certificate authority that clients have to trust.</summary>
    public string CaFile => _certificate.CaFile;

    /// <summary>Gets the connection string for service clients. It contains a secret.</summary>
    public string ConnectionString => _hub.Owner.ConnectionString;

    public IdentityRegistry Registry => _hub.Registry;

    public SessionTable Sessions => _hub.Sessions;

    public TelemetryLog Telemetry => _hub.Telemetry;

    public MethodInvoker Methods => _hub.Methods;

    public HubSwitches Switches => _hub.Switches;

    /// <summary>Gets the edge hub; null for a hub.</summary>
    public EdgeHub? EdgeHub => _hub.EdgeHub;

    /// <summary>Gets the host name in the certificate, which clients connect to.</summary>
    public string GatewayHostName { get; }

    /// <summary>Waits until the simulator is asked to stop, for example by SIGTERM.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _application.WaitForShutdownAsync(cancellationToken);

    /// <summary>Starts a simulator.</summary>
    /// <param name="options">Where to listen and where to store data.</param>
    /// <param name="time">Clock for tokens, keep-alive and metadata; null for the machine's.</param>
    /// <param name="logging">Where log lines go; null for nowhere.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="IOException">A port is taken, or the folder cannot be written.</exception>
    /// <exception cref="InvalidDataException">The folder holds a broken registry.</exception>
    public static async Task<IotHubSimulator> StartAsync(
        IotHubSimulatorOptions options,
        TimeProvider? time = null,
        Action<ILoggingBuilder>? logging = null,
        CancellationToken cancellationToken = default)
    {
        time ??= TimeProvider.System;
        var temporary = options.DataFolder is null ? Directory.CreateTempSubdirectory("edgegateway-iothub-").FullName : null;
        var folder = options.DataFolder ?? temporary!;
        var certificate = ServerCertificate.Create(options, folder);
        var edge = options.EdgeHub;
        var hostName = edge?.Credentials.HostName ?? options.HostName;
        var hub = new HubState(
            hostName, OwnerPolicy.LoadOrCreate(folder, hostName), options.TelemetryCapacity, time, isEdgeHub: edge is not null, edge?.MaxClients);
        RegistryFile? registryFile = null;
        if (temporary is null)
        {
            registryFile = RegistryFile.Open(Path.Combine(folder, "registry.json"), hub.Registry, time);
        }

        var application = Build(options, hub, certificate, logging);
        if (edge is not null)
        {
            hub.EdgeHub = new EdgeHub(hub, edge, options.HostName, folder, application.Services.GetRequiredService<ILoggerFactory>());
            hub.Backend = hub.EdgeHub.Backend;
        }

        ServiceApi.Map(application);
        await application.StartAsync(cancellationToken);
        if (hub.EdgeHub is not null)
        {
            await hub.EdgeHub.StartAsync(cancellationToken);
        }

        return new IotHubSimulator(application, certificate, hub, registryFile, temporary);
    }

    public async ValueTask DisposeAsync()
    {
        Switches.Offline = true;
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5)))
        {
            await _application.StopAsync(limit.Token);
        }

        await _application.DisposeAsync();
        if (EdgeHub is not null)
        {
            await EdgeHub.DisposeAsync();
        }

        _registryFile?.Dispose();
        _certificate.Dispose();
        if (_temporaryFolder is not null)
        {
            Directory.Delete(_temporaryFolder, recursive: true);
        }
    }

    private static WebApplication Build(
        IotHubSimulatorOptions options, HubState hub, ServerCertificate server, Action<ILoggingBuilder>? logging)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        logging?.Invoke(builder.Logging);
        builder.Services.AddSingleton(hub);
        builder.Services.AddSingleton(options);
        if (options.Bind is { } bind)
        {
            builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = end => bind((IPEndPoint)end));
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = null;
            kestrel.Listen(options.Address, options.MqttPort, listen =>
            {
                listen.Use(next => connection => RefuseOffline(hub, next, connection));
                listen.UseHttps(https => UseCertificate(https, server));
                if (options.Quirk == Quirk.LostConnect)
                {
                    listen.Use(next => connection => LostConnect.RunAsync(connection, options.ConnectTimeout, hub.Time, next));
                }

                listen.UseConnectionHandler<MqttConnectionHandler>();
            });
            kestrel.Listen(options.Address, options.HttpsPort, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(https => UseCertificate(https, server));
            });
        });
        return builder.Build();
    }

    private static void UseCertificate(HttpsConnectionAdapterOptions https, ServerCertificate server)
    {
        https.ServerCertificate = server.Certificate;
        https.ServerCertificateChain = server.Chain;
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
    }

    private static Task RefuseOffline(HubState hub, ConnectionDelegate next, ConnectionContext connection)
    {
        if (hub.Switches.Offline)
        {
            connection.Abort();
            return Task.CompletedTask;
        }

        return next(connection);
    }
}
