using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;
using EdgeGateway.Simulators.Demo.Processes;
using EdgeGateway.Simulators.Demo.Running;

namespace EdgeGateway.Simulators.Demo.Compose;

/// <summary>
/// The site of docker-compose.yml. One that runs already is taken as it is, and stays; otherwise it is built and started, and taken down with its
/// volumes at the end, unless it is to be kept. From outside, only what is published on the loopback interface is used.
/// </summary>
public sealed class ComposeSite : ISite
{
    private const string ReadyFile = "/data/ready.json";
    private static readonly TimeSpan DownLimit = TimeSpan.FromMinutes(2);
    private readonly RunFolder _folder;
    private readonly TimeProvider _time;
    private readonly ProcessLog _log;
    private readonly CancellationTokenSource _watching = new();
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private ComposeTool? _compose;
    private bool _started;
    private bool _gatewayWanted;
    private string? _gateway;
    private X509Certificate2? _authority;
    private HubServiceClient? _hub;
    private OriginClient? _origin;
    private TruthClient? _truths;

    public ComposeSite(DemoOptions options, RunFolder folder, TimeProvider time)
    {
        Options = options;
        _folder = folder;
        _time = time;
        _log = new ProcessLog(Path.Combine(folder.Logs, "compose.log"));
    }

    public DemoOptions Options { get; private set; }

    public HubServiceClient Hub => _hub ?? throw NotStarted();

    public OriginClient Origin => _origin ?? throw NotStarted();

    public IMcuTruths Truths => _truths ?? throw NotStarted();

    public IReadOnlyList<string> McuIds { get; private set; } = [];

    public Task Broken => _broken.Task;

    public string Describe() => $"Building and starting docker-compose.yml, unless it runs already; log in {_log.Path}";

    public async Task StartAsync(CancellationToken cancellation)
    {
        _compose = await ComposeTool.FindAsync(ComposeFile.Find(AppContext.BaseDirectory), new ToolRun(_log), cancellation);
        if (await _compose.RunningAsync("hub", cancellation) is null)
        {
            _started = true;
            await _compose.ComposeAsync(["up", "--build", "--detach"], cancellation, ComposeVariables.Of(Options));
        }

        _truths = new TruthClient(await AddressAsync("http", "mcus", 7000, cancellation));
        var fleet = await _truths.FleetAsync(cancellation);
        McuIds = fleet.Ids;
        Options = Options with { Mcus = fleet.Ids.Count, McusPerBus = fleet.McusPerBus, Baud = fleet.Baud };
        _origin = new OriginClient(await AddressAsync("http", "origin", 8080, cancellation), new Uri("http://origin:8080"));
        await ConnectHubAsync(_compose, cancellation);
        _gateway = await ContainerAsync("gateway", cancellation);
        WatchGateway(_compose, _gateway);
    }

    public async Task<ProcessUsage> GatewayUsageAsync(CancellationToken cancellation)
    {
        var address = await AddressAsync("http", "gateway", 9600, cancellation);
        return GatewayMetrics.Read(await _http.GetStringAsync(new Uri(address, "metrics"), cancellation));
    }

    public Task KillGatewayAsync()
    {
        Volatile.Write(ref _gatewayWanted, false);
        return (_compose ?? throw NotStarted()).DockerAsync(["kill", _gateway!], CancellationToken.None);
    }

    public async Task RestartGatewayAsync()
    {
        await (_compose ?? throw NotStarted()).DockerAsync(["start", _gateway!], CancellationToken.None);
        WatchGateway(_compose, _gateway!);
    }

    public async ValueTask DisposeAsync()
    {
        await _watching.CancelAsync();
        _http.Dispose();
        _hub?.Dispose();
        _authority?.Dispose();
        _origin?.Dispose();
        _truths?.Dispose();
        if (_started && !Options.Keep)
        {
            await TakeDownAsync(_compose!);
        }

        _log.Dispose();
        _watching.Dispose();
    }

    private async Task TakeDownAsync(ComposeTool compose)
    {
        using var limit = new CancellationTokenSource(DownLimit, _time);
        await File.WriteAllTextAsync(Path.Combine(_folder.Logs, "containers.log"), await compose.ComposeAsync(["logs", "--no-color"], limit.Token), limit.Token);
        await compose.ComposeAsync(["down", "--volumes"], limit.Token, ComposeVariables.Of(Options));
    }

    private async Task ConnectHubAsync(ComposeTool compose, CancellationToken cancellation)
    {
        var container = await ContainerAsync("hub", cancellation);
        var ready = _folder.File("hub-ready.json");
        await compose.DockerAsync(["cp", $"{container}:{ReadyFile}", ready], cancellation);
        var endpoint = HubEndpoint.FromReady(JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(ready, cancellation)));
        var authority = _folder.File("hub-ca.pem");
        await compose.DockerAsync(["cp", $"{container}:{endpoint.AuthorityFile}", authority], cancellation);
        _authority = X509CertificateLoader.LoadCertificateFromFile(authority);
        var service = new Uri($"https://localhost:{await compose.PublishedAsync(container, 8443, cancellation)}");
        _hub = new HubServiceClient(service, endpoint.ConnectionString, _authority, _time);
    }

    // a gateway that ends by itself ends the run; "docker wait" returns when the container ends
    private void WatchGateway(ComposeTool compose, string container)
    {
        Volatile.Write(ref _gatewayWanted, true);
        _ = WatchAsync();

        async Task WatchAsync()
        {
            try
            {
                var code = (await compose.DockerAsync(["wait", container], _watching.Token)).Trim();
                if (Volatile.Read(ref _gatewayWanted))
                {
                    _broken.TrySetException(new ProcessFailedException($"the gateway's container ended by itself with code {code}; see docker logs {container}"));
                }
            }
            catch (OperationCanceledException)
            {
                // the run is over
            }
            catch (ProcessFailedException e)
            {
                _broken.TrySetException(e);
            }
        }
    }

    private async Task<Uri> AddressAsync(string scheme, string service, int port, CancellationToken cancellation)
    {
        var published = await (_compose ?? throw NotStarted()).PublishedAsync(await ContainerAsync(service, cancellation), port, cancellation);
        return new Uri($"{scheme}://127.0.0.1:{published}");
    }

    private async Task<string> ContainerAsync(string service, CancellationToken cancellation) =>
        await (_compose ?? throw NotStarted()).RunningAsync(service, cancellation)
        ?? throw new DemoFailedException($"no container of {service} runs; docker-compose.yml is up in part only. Take it down (docker compose down) and try again");

    private static InvalidOperationException NotStarted() => new("the site is not started");
}
