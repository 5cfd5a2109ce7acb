using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Containers.Engine;
using EdgeGateway.Simulators.Demo.Deployment;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;
using Xunit.Abstractions;

namespace EdgeGateway.Containers.Site;

/// <summary>A whole site, a container each: hub, origin, gateway and every microcontroller, its line behind a TCP port.</summary>
internal sealed class ContainerSite : IAsyncDisposable
{
    private const string EdgeDevice = "edge-1";
    private const string GatewayModule = "identity-gateway";
    private const int HubRestPort = 8443;
    private static readonly UpdateId Update = new("Contoso", "Firmware", "2.0.0");

    private readonly EngineFixture _engine;
    private readonly ITestOutputHelper _output;
    private readonly SiteOptions _options;
    private readonly string _network;
    private readonly string _groupKey = DeviceKey.Random();
    private readonly List<Container> _containers = [];
    private readonly Dictionary<string, Container> _mcus = [];
    private X509Certificate2? _authority;
    private HubServiceClient? _service;

    private ContainerSite(EngineFixture engine, ITestOutputHelper output, SiteOptions options, string network) =>
        (_engine, _output, _options, _network) = (engine, output, options, network);

    public Container Hub { get; private set; } = null!;

    public Container Origin { get; private set; } = null!;

    public Container Gateway { get; private set; } = null!;

    public IReadOnlyCollection<string> McuIds => _mcus.Keys;

    public IReadOnlyCollection<Container> Containers => _containers;

    public FirmwareImage Image { get; } = FirmwareImage.Generate(1, new Version(2, 0, 0));

    /// <summary>Starts everything, up to a gateway that runs.</summary>
    public static async Task<ContainerSite> StartAsync(EngineFixture engine, ITestOutputHelper output, SiteOptions? options = null)
    {
        var network = await engine.Client.CreateAsync("networks/create", new { Name = $"edgegateway-test-{Guid.NewGuid():N}" });
        var site = new ContainerSite(engine, output, options ?? new SiteOptions(), network);
        try
        {
            await site.StartAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public Container Mcu(string id) => _mcus[id];

    /// <summary>Twin of a microcontroller, as the hub's REST API gives it.</summary>
    public async Task<McuTwin> TwinAsync(string id) => TwinReader.Read(await _service!.GetTwinAsync(id, CancellationToken.None));

    /// <summary>Waits until the twin of a microcontroller says something.</summary>
    public Task<McuTwin> TwinAsync(string id, Func<McuTwin, bool> wanted, string what) =>
        Poll.UntilAsync(() => TwinAsync(id), wanted, $"the twin of {id} says: {what}");

    /// <summary>What a microcontroller really runs.</summary>
    public async Task<McuTruth> TruthAsync(string id)
    {
        var state = JsonNode.Parse(await Mcu(id).ReadFileAsync($"/data/{id}/state.json"))!;
        return new McuTruth((string)state["runningVersion"]!, (string)state["runningDigest"]!, (string)state["bootState"]!);
    }

    public Task OnlineAsync() => Task.WhenAll(McuIds.Select(id => TwinAsync(id, twin => twin.Link == "Online" && twin.Class is not null, "online")));

    /// <summary>Orders the update of all microcontrollers.</summary>
    public async Task<DeploymentOrder> DeployAsync()
    {
        await Origin.PutFileAsync("/data", Image.FileName, Image.Content);
        var url = new Uri($"http://{Origin.Name}:8080/{Image.FileName}");
        var order = new DeploymentOrder(Guid.NewGuid().ToString(), Update, new DeviceClass("Contoso", "MCU-A"), Image, url, DateTimeOffset.UnixEpoch);
        foreach (var id in McuIds)
        {
            await _service!.PatchDesiredAsync(id, order.ToDesired(), CancellationToken.None);
        }

        return order;
    }

    /// <summary>Waits until a microcontroller has a good part of the image, and the rest is still to come.</summary>
    public Task MidTransferAsync(string id) =>
        TwinAsync(id, twin => twin.Phase == "Transferring" && twin.Percent is >= 15, "in mid-transfer");

    /// <summary>Waits until a microcontroller runs the image for good.</summary>
    public Task RunsAsync(string id) => Poll.UntilAsync(
        () => TruthAsync(id), truth => truth.IsConfirmed && truth.Digest == Convert.ToHexStringLower(Image.Digest), $"{id} runs the new image for good");

    /// <summary>Waits until all microcontrollers run the image and their twins say so.</summary>
    public Task<McuTwin[]> SucceedsAsync(DeploymentOrder order) => Task.WhenAll(McuIds.Select(async id =>
    {
        var twin = await TwinAsync(id, t => t.AgentState == 0 && t.WorkflowId == order.WorkflowId && t.Installed == Update, "updated");
        await RunsAsync(id);
        return twin;
    }));

    public async ValueTask DisposeAsync()
    {
        foreach (var container in _containers)
        {
            _output.WriteLine($"--- {container.Name}\n{await container.LogAsync()}");
        }

        await Task.WhenAll(_containers.Select(container => container.RemoveAsync()));
        await _engine.Client.DeleteAsync($"networks/{_network}");
        _service?.Dispose();
        _authority?.Dispose();
    }

    private async Task StartAsync()
    {
        Hub = await CreateAsync(ModuleImage.Hub, "hub", spec => spec with { Port = HubRestPort });
        Origin = await CreateAsync(ModuleImage.Origin, "origin");
        for (var number = 1; number <= _options.Mcus; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"mcu-{number:D2}");
            string[] arguments = ["--first", Text(number), "--mcus", "1", "--baud", Text(_options.Baud), "--slot-size", "262144", "--boot-ms", "20"];
            _mcus[id] = await CreateAsync(ModuleImage.Mcu, id, spec => spec with { Arguments = arguments });
        }

        var first = _options.StartMcus ? _containers : [Hub, Origin];
        await Task.WhenAll(first.Select(container => container.StartAsync()));
        await StartGatewayAsync(await RegisterAsync());
    }

    private async Task<string> RegisterAsync()
    {
        const string Mark = "READY ";
        var log = await Poll.UntilAsync(Hub.LogAsync, text => text.Contains(Mark, StringComparison.Ordinal), "the hub is ready");
        var line = log.Split('\n').First(text => text.StartsWith(Mark, StringComparison.Ordinal));
        var endpoint = HubEndpoint.FromReady(JsonSerializer.Deserialize<JsonElement>(line[Mark.Length..]));
        _authority = X509Certificate2.CreateFromPem(await Hub.ReadFileAsync(endpoint.AuthorityFile));
        var address = new Uri($"https://localhost:{await Hub.PublishedAsync(HubRestPort)}");
        _service = new HubServiceClient(address, endpoint.ConnectionString, _authority, TimeProvider.System);

        var key = DeviceKey.Random();
        await _service.CreateDeviceAsync(EdgeDevice, DeviceKey.Random(), isEdge: true, CancellationToken.None);
        await _service.CreateModuleAsync(EdgeDevice, GatewayModule, key, CancellationToken.None);
        foreach (var id in McuIds)
        {
            await _service.CreateDeviceAsync(id, DeviceKey.Derive(_groupKey, id), isEdge: false, CancellationToken.None);
        }

        return $"HostName={endpoint.HostName};DeviceId={EdgeDevice};ModuleId={GatewayModule};SharedAccessKey={key}";
    }

    private async Task StartGatewayAsync(string connectionString)
    {
        Gateway = await CreateAsync(ModuleImage.Gateway, "gateway", spec => spec with
        {
            Arguments = ["--settings", $"{GatewaySettings.Folder}/{GatewaySettings.FileName}"],
            Environment = new Dictionary<string, string> { ["EdgeHubConnectionString"] = connectionString },
            ConfigFolder = GatewaySettings.Folder,
            DataSize = _options.GatewayDataSize,
        });
        await Gateway.PutFileAsync(GatewaySettings.Folder, GatewaySettings.FileName, GatewaySettings.Write(McuIds, _options.Baud));
        await Gateway.PutFileAsync(GatewaySettings.Folder, GatewaySettings.AuthorityName, _authority!.ExportCertificatePem());
        await Gateway.PutFileAsync(GatewaySettings.Folder, GatewaySettings.GroupKeyName, _groupKey);
        await Gateway.StartAsync();
    }

    private async Task<Container> CreateAsync(ModuleImage image, string name, Func<ContainerSpec, ContainerSpec>? change = null)
    {
        var spec = new ContainerSpec(_engine.NameOf(image), name, _network);
        var container = await Container.CreateAsync(_engine.Client, change is null ? spec : change(spec));
        _containers.Add(container);
        return container;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
