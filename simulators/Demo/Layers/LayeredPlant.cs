using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;
using EdgeGateway.Simulators.Demo.Processes;
using EdgeGateway.Simulators.Demo.Running;

namespace EdgeGateway.Simulators.Demo.Layers;

/// <summary>
/// Edge devices above one another, each with an edgeHub and a gateway. Only the top one knows the hub and the origin, each other one only the one
/// above it; content comes down through relays that count it.
/// </summary>
public sealed class LayeredPlant : IAsyncDisposable
{
    private const string Host = "localhost";

    // beside the microcontrollers: the gateways and edgeHubs of all layers
    private const int ClientsALayer = 3;

    // edgeHub's own 5 s, on each layer, would show everything late
    private const string ReportSeconds = "0.5";
    private readonly HubEndpoint _hub;
    private readonly ContentAuthority _authority;
    private readonly List<Layer> _layers;
    private readonly List<CountingRelay> _relays = [];
    private readonly List<int> _contentPorts = [];
    private readonly List<HubEndpoint> _edgeHubs = [];
    private readonly RunFolder _folder;

    /// <param name="count">How many.</param>
    /// <param name="folder">Files of the run.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="origin">Where images are served.</param>
    /// <param name="time">The clock.</param>
    public LayeredPlant(int count, RunFolder folder, HubEndpoint hub, Uri origin, TimeProvider time)
    {
        (_hub, _folder) = (hub, folder);
        _authority = new ContentAuthority(folder.File("content-root.pem"), time);
        _layers = [.. LayerNames.For(count).Select(name => new Layer(name, folder.Folder($"gateway-{name}")))];
        var above = IPEndPoint.Parse(origin.Authority);
        for (var i = 0; i < count; i++)
        {
            _relays.Add(new CountingRelay(above));
            _contentPorts.Add(FreePort());
            above = new IPEndPoint(IPAddress.Loopback, _contentPorts[i]);
            _authority.Issue(_layers[i].CertificateFile, _layers[i].KeyFile);
            WriteChildKeys(i);
        }
    }

    /// <summary>The edge devices, the top one first.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>What came down the links so far, origin to top first.</summary>
    public IReadOnlyList<LinkTraffic> Links =>
        [.. _relays.Select((relay, i) => new LinkTraffic($"{(i == 0 ? "origin" : _layers[i - 1].Name)}-{_layers[i]}", relay.BytesDown))];

    /// <summary>The address of the origin, seen through the first link.</summary>
    public Uri Origin => new(FormattableString.Invariant($"http://127.0.0.1:{_relays[0].Port}"));

    /// <summary>Makes an edge device of each, child of the one above it, with its gateway's module.</summary>
    /// <returns>Scope of the last one, for the microcontrollers.</returns>
    public async Task<string?> CreateIdentitiesAsync(HubServiceClient hub, CancellationToken cancellation)
    {
        string? scope = null;
        foreach (var layer in _layers)
        {
            scope = await hub.CreateDeviceAsync(layer.Device, layer.DeviceKey, isEdge: true, cancellation, scope);
            await hub.CreateModuleAsync(layer.Device, Layer.Module, layer.ModuleKey, cancellation);
        }

        return scope;
    }

    /// <summary>The edgeHub of a layer; the one above it has to run.</summary>
    public ProcessSpec EdgeHubSpec(Layer layer, string executable, int mcus)
    {
        var above = _edgeHubs.Count == 0 ? _hub : _edgeHubs[^1];
        File.WriteAllText(layer.EdgeHubIdentityFile, $"HostName={_hub.HostName};DeviceId={layer.Device};SharedAccessKey={layer.DeviceKey}");
        return new ProcessSpec($"edgehub-{layer}", executable,
        [
            "--address", "127.0.0.1", "--mqtt-port", "0", "--https-port", "0", "--data", _folder.Folder($"edgehub-{layer}"),
            "--upstream", FormattableString.Invariant($"{Host}:{above.MqttPort}"),
            "--upstream-https-port", FormattableString.Invariant($"{above.Service.Port}"),
            "--upstream-ca", above.AuthorityFile,
            "--edge-connection-string-file", layer.EdgeHubIdentityFile,
            "--max-clients", FormattableString.Invariant($"{mcus + ClientsALayer * _layers.Count}"),
            "--report-interval", ReportSeconds,
        ]);
    }

    /// <summary>The edgeHub of the next layer listens.</summary>
    public void OnEdgeHub(JsonElement ready) => _edgeHubs.Add(HubEndpoint.FromReady(ready));

    /// <summary>Settings of the gateway of a layer; its edgeHub has to run.</summary>
    public GatewaySettingsFile Settings(Layer layer, IReadOnlyList<SimulatedLine> lines, int baud, string? groupKeyFile)
    {
        var i = _layers.IndexOf(layer);
        return new GatewaySettingsFile
        {
            HostName = _hub.HostName,
            GatewayHostName = Host,
            Port = _edgeHubs[i].MqttPort,
            AuthorityFile = _edgeHubs[i].AuthorityFile,
            GroupKeyFile = groupKeyFile,
            Lines = lines,
            Baud = baud,
            DataFolder = layer.Folder,
            Web = false,
            Parent = i == 0 ? null : new ParentAddress(Host, _relays[i].Port, _authority.File),
            Endpoint = i == _layers.Count - 1 ? null : new EndpointSettings(
                _contentPorts[i], layer.CertificateFile, layer.KeyFile, layer.ChildKeysFile, ["127.0.0.1:*"]),
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var relay in _relays)
        {
            await relay.DisposeAsync();
        }

        _authority.Dispose();
    }

    private void WriteChildKeys(int layer)
    {
        var below = _layers.Skip(layer + 1).Take(1).ToDictionary(child => child.Child, child => child.ModuleKey);
        File.WriteAllText(_layers[layer].ChildKeysFile, JsonSerializer.Serialize(below));
    }

    // taken by a gateway soon after; until then another program could take it, which the gateway's log would say
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
