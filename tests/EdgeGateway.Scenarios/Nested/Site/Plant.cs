using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Scenarios.Nested.Networks;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Serial;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Security;
using EdgeGateway.Simulators.Mcu.Host;
using EdgeGateway.Simulators.Mcu.Lines;
using EdgeGateway.Simulators.Mcu.Node;
using EdgeGateway.Simulators.Origin;
using EdgeGateway.Testing;

namespace EdgeGateway.Scenarios.Nested.Site;

/// <summary>
/// A plant of three layers in networks of their own. Hub and origin are in the process of the test, with sockets of the cloud's network; the
/// microcontrollers too, on pseudo-terminals. The edgeHubs and the gateways are the executables, each in the network of its layer.
/// </summary>
internal sealed class Plant : IAsyncDisposable
{
    public const int McusPerClass = 12;

    /// <summary>Some seconds an image, so that what happens meanwhile meets transfers.</summary>
    public const int Baud = 921_600;

    private readonly TempFolder _folder;
    private readonly Dictionary<string, TwinWatch> _twins = [];
    private readonly McuFleet[] _fleets;
    private readonly DevelopmentAuthority _authority;
    private int _published;

    private Plant(TempFolder folder, NestedNetwork network, IotHubSimulator hub, OriginServer origin)
    {
        (_folder, Network, Hub, Origin) = (folder, network, hub, origin);
        _authority = DevelopmentAuthority.LoadOrCreate(folder.File("content-root"));
        _fleets = [MakeFleet("MCU-A", 1), MakeFleet("MCU-B", 1 + McusPerClass)];
    }

    public NestedNetwork Network { get; }

    public IotHubSimulator Hub { get; }

    public OriginServer Origin { get; }

    /// <summary>The edge devices, the top one first.</summary>
    public List<PlantLayer> Layers { get; } = [];

    /// <summary>PEM file of the root of the gateways' certificates.</summary>
    public string ContentRoot => _authority.CertificateFile;

    public IReadOnlyCollection<string> McuIds => _twins.Keys;

    public static async Task<Plant> StartAsync()
    {
        var folder = new TempFolder();
        var served = Directory.CreateDirectory(folder.File("origin")).FullName;
        var network = await NestedNetwork.CreateAsync();
        var hub = await IotHubSimulator.StartAsync(new IotHubSimulatorOptions
        {
            HostName = NestedNetwork.HubName, Address = IPAddress.Any, MqttPort = PlantLayer.MqttPort, HttpsPort = PlantLayer.HttpsPort, Bind = network.Cloud.Bind,
        });
        var origin = await OriginServer.StartAsync(
            new OriginOptions { Root = served, Address = IPAddress.Any, Port = 80, Bind = network.Cloud.Bind });
        var plant = new Plant(folder, network, hub, origin);
        await plant.StartLayersAsync();
        return plant;
    }

    /// <summary>Microcontrollers of a class.</summary>
    public IReadOnlyList<string> McusOf(string model) => [.. _fleets[model == "MCU-A" ? 0 : 1].McuIds.Order(StringComparer.Ordinal)];

    public TwinWatch Twin(string id) => _twins[id];

    /// <summary>What a microcontroller really runs, once it is up.</summary>
    public Task<McuSnapshot> TruthAsync(string id) => TruthAsync(id, truth => truth.IsUp);

    /// <summary>Waits until a microcontroller runs a confirmed image, independent of its twin.</summary>
    public Task<McuSnapshot> RunsAsync(string id, FirmwareImage image) =>
        TruthAsync(id, truth => truth.IsUp && truth.RunningDigest == image.Digest && truth.BootState == BootState.Confirmed);

    /// <summary>Waits until all microcontrollers are found and told their twins.</summary>
    public Task OnlineAsync() =>
        Task.WhenAll(_twins.Values.Select(twin => twin.WaitAsync(state => state.Link == "Online" && state.Model is not null)));

    /// <summary>Puts an image at the origin and makes a deployment of it for a class.</summary>
    public Deployment Publish(FirmwareImage image, string model)
    {
        var number = ++_published;
        var name = string.Create(CultureInfo.InvariantCulture, $"firmware-{number}.bin");
        File.WriteAllBytes(Path.Combine(_folder.File("origin"), name), image.Content);
        return new Deployment(
            Guid.NewGuid().ToString(),
            string.Create(CultureInfo.InvariantCulture, $"2.0.{number}"),
            image,
            new Uri($"http://{NestedNetwork.OriginName}/{name}")) { Model = model };
    }

    public void Deploy(Deployment deployment, params IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            Twin(id).Identity.Twin.PatchDesired(deployment.ToDesired());
        }
    }

    /// <summary>Lists warnings and errors of the gateways, oldest first, to find the reason of a failure.</summary>
    public IReadOnlyList<string> Troubles() =>
    [
        .. Layers.SelectMany(layer => layer.Log
                .Where(line => line.StartsWith("<3>", StringComparison.Ordinal) || line.StartsWith("<4>", StringComparison.Ordinal))
                .Select(line => $"{line} ({layer.Edge.Name})"))
            .OrderBy(line => line[4..], StringComparer.Ordinal),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var layer in Enumerable.Reverse(Layers))
        {
            await layer.DisposeAsync();
        }

        foreach (var fleet in _fleets)
        {
            fleet.Dispose();
            await fleet.Ended;
        }

        await Origin.DisposeAsync();
        await Hub.DisposeAsync();
        await Network.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    private Task<McuSnapshot> TruthAsync(string id, Func<McuSnapshot, bool> wanted) =>
        _fleets.Single(fleet => fleet.McuIds.Contains(id)).WaitForAsync(id, wanted, CancellationToken.None).WaitAsync(ChangeSignal.Patience);

    private McuFleet MakeFleet(string model, int first) => new(
        new FleetOptions
        {
            StateFolder = _folder.File(model),
            Mcus = McusPerClass,
            First = first,
            Model = model,
            Line = new LineOptions { Baud = Baud },
            BootTime = TimeSpan.FromMilliseconds(20),
            Geometry = new() { SlotSize = 512 * 1024 },
        },
        TimeProvider.System);

    private async Task StartLayersAsync()
    {
        var groupKey = RandomNumberGenerator.GetBytes(32);
        await File.WriteAllTextAsync(_folder.File("group.key"), Convert.ToBase64String(groupKey));
        for (var i = 0; i < Network.Gateways.Count; i++)
        {
            var above = i == 0 ? null : Layers[i - 1];
            var edge = Hub.Registry.CreateEdgeDevice($"edge-{NestedNetwork.Layers[i + 1]}", above?.Edge);
            var module = Hub.Registry.CreateModule(edge.Name.DeviceId, PlantLayer.Module);
            var folder = Directory.CreateDirectory(_folder.File(NestedNetwork.Layers[i + 1])).FullName;
            Layers.Add(new PlantLayer(i, Network.Gateways[i], edge, module, above, folder));
        }

        foreach (var fleet in _fleets)
        {
            fleet.Start();
            foreach (var id in fleet.McuIds)
            {
                _twins[id] = new TwinWatch(Hub.Registry.CreateDevice(id, DerivedKey.ComputeBase64(groupKey, id), Layers[^1].Edge));
            }
        }

        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].Prepare(Hub, _authority, i + 1 < Layers.Count ? Layers[i + 1] : null, _fleets.SelectMany(fleet => fleet.Lines), _folder.File("group.key"));
            await Layers[i].StartEdgeHubAsync();
            await Layers[i].StartGatewayAsync();
        }
    }
}
