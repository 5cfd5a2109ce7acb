using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Edge;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace EdgeGateway.Simulators.IotHub.Tests.Edge;

/// <summary>A hub and edge hubs below it, one behind the other, with one certificate authority, and clients of any of them. On a clock that stands still; see <see cref="RunAsync"/>.</summary>
internal sealed class EdgeSite : IAsyncDisposable
{
    /// <summary>Longest wait before a reconnect: short beside all timeouts, so that the one can pass without the others.</summary>
    private static readonly TimeSpan ReconnectMax = TimeSpan.FromSeconds(1);

    private readonly TempFolder _folder;
    private readonly HubMetrics _metrics = new();
    private readonly List<HubIdentity> _edges = [];
    private readonly List<IDeviceConnection> _clients = [];

    private EdgeSite(IotHubSimulator hub, TempFolder folder, VirtualTime time) => (Hub, _folder, Time) = (hub, folder, time);

    public IotHubSimulator Hub { get; }

    public VirtualTime Time { get; }

    /// <summary>The edge hubs, the topmost first; null for one that is stopped.</summary>
    public List<IotHubSimulator?> Edges { get; } = [];

    public IotHubSimulator Bottom => Edges[^1]!;

    /// <summary>The edge device of the last layer.</summary>
    public HubIdentity BottomDevice => _edges[^1];

    public static async Task<EdgeSite> StartAsync(int layers = 1, Func<EdgeHubOptions, EdgeHubOptions>? change = null)
    {
        var folder = new TempFolder();
        var time = new VirtualTime();
        var hub = await IotHubSimulator.StartAsync(new IotHubSimulatorOptions { HostName = "hub.test", DataFolder = folder.File("hub") }, time);
        var site = new EdgeSite(hub, folder, time);
        for (var layer = 0; layer < layers; layer++)
        {
            site._edges.Add(hub.Registry.CreateEdgeDevice($"edge-{layer}", site._edges.LastOrDefault()));
            site.Edges.Add(null);
        }

        for (var layer = 0; layer < layers; layer++)
        {
            await site.StartEdgeAsync(layer, change);
        }

        return site;
    }

    /// <summary>Starts an edge hub, for the first time or again.</summary>
    public async Task StartEdgeAsync(int layer, Func<EdgeHubOptions, EdgeHubOptions>? change = null)
    {
        var above = layer == 0 ? Hub : Edges[layer - 1];
        var options = Options(layer, above?.MqttEndpoint.Port ?? 1, above?.HttpsEndpoint.Port ?? 1);
        Edges[layer] = await IotHubSimulator.StartAsync(new IotHubSimulatorOptions
        {
            HostName = $"{_edges[layer].Name}.test",
            DataFolder = _folder.File(_edges[layer].Name.DeviceId),
            AuthorityFile = Path.Combine(_folder.File("hub"), "authority.pem"),
            EdgeHub = change?.Invoke(options) ?? options,
        }, Time);
    }

    public async Task StopEdgeAsync(int layer)
    {
        await Edges[layer]!.DisposeAsync();
        Edges[layer] = null;
    }

    /// <summary>A client of an edge hub, connecting as the product does.</summary>
    public IDeviceConnection Connect(IotHubSimulator at, HubIdentity identity)
    {
        var options = Substitute.For<IOptionsMonitor<HubOptions>>();
        options.CurrentValue.Returns(new HubOptions
        {
            HostName = Hub.HostName,
            GatewayHostName = "localhost",
            Port = at.MqttEndpoint.Port,
            ReconnectBase = TimeSpan.FromMilliseconds(10),
            ReconnectMax = ReconnectMax,
            RefusedRetryMax = ReconnectMax,
            ReportInterval = TimeSpan.Zero,
        });
        var factory = new DeviceConnectionFactory(
            options,
            new TlsTransport(new FileTrustSource(Hub.CaFile)),
            new SharedKeyTokenProvider(Convert.FromBase64String(identity.Record.PrimaryKey)),
            Substitute.For<IModuleIdentitySource>(),
            _metrics,
            Time,
            new Random(1),
            NullLoggerFactory.Instance);
        var client = factory.Create(new DeviceIdentity(identity.Name.DeviceId, identity.Name.ModuleId));
        _clients.Add(client);
        return client;
    }

    /// <summary>Opens a client that the test drives packet by packet.</summary>
    public Task<RawClient> OpenAsync(IotHubSimulator at)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(Hub.CaFile);
        return RawClient.OpenAsync(at, trust, Time);
    }

    /// <summary>Opens such a client, connects it and subscribes to twin responses.</summary>
    public async Task<RawClient> LoginAsync(IotHubSimulator at, HubIdentity identity)
    {
        var client = await OpenAsync(at);
        (await client.LoginAsync(identity, keepAlive: 0)).Should().Be(ConnectReturnCode.Accepted);
        await client.SubscribeAsync(HubFilters.TwinResponses);
        return client;
    }

    /// <summary>
    /// Waits for a task. Meanwhile waits of up to a second pass at once, so that connections are tried again. Longer ones, the timeouts, pass only when
    /// nothing has happened for a tenth of the longest wait of a test.
    /// </summary>
    public async Task RunAsync(Task task)
    {
        using var limit = new CancellationTokenSource(TestLimits.Wait);
        while (!task.IsCompleted)
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"The task has not ended within {TestLimits.Wait}; the clock is at {Time.GetUtcNow():O}.");
            }

            var reconnect = Time.WaitForTimerAsync(due => due <= ReconnectMax, "to reconnect");
            var first = await Task.WhenAny(task, reconnect, Task.Delay(TestLimits.Wait / 10, limit.Token));
            if (first != task && Time.NextDue is { } due && (first != reconnect || due <= Time.GetUtcNow() + ReconnectMax))
            {
                Time.Advance(due > Time.GetUtcNow() ? due - Time.GetUtcNow() : TimeSpan.Zero);
            }
        }

        await task;
    }

    /// <inheritdoc cref="RunAsync(Task)"/>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        await RunAsync((Task)task);
        return await task;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (var edge in Edges.OfType<IotHubSimulator>().Reverse())
        {
            await edge.DisposeAsync();
        }

        await Hub.DisposeAsync();
        _metrics.Dispose();
        _folder.Dispose();
    }

    private EdgeHubOptions Options(int layer, int mqtt, int https)
    {
        var module = Hub.Registry.Get(new IdentityName(_edges[layer].Name.DeviceId, IdentityName.EdgeHubModule));
        return new EdgeHubOptions
        {
            UpstreamHost = "localhost",
            UpstreamPort = mqtt,
            UpstreamHttpsPort = https,
            UpstreamCaFile = Hub.CaFile,
            Credentials = new EdgeCredentials(Hub.HostName, module.Name, module.Record.PrimaryKey),
            ReportInterval = TimeSpan.Zero,
            CloudTimeout = TimeSpan.FromSeconds(30),
            MinTwinSyncPeriod = TimeSpan.Zero,
            ReconnectMax = ReconnectMax,
        };
    }
}
