using EdgeGateway.Simulators.IotHub.Edge;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Site;

/// <summary>A site whose gateway reaches the hub through an edge hub only.</summary>
internal sealed class EdgeHubBetween : IAsyncDisposable
{
    private EdgeHubBetween(ScenarioSite site, IotHubSimulator edgeHub) => (Site, EdgeHub) = (site, edgeHub);

    public ScenarioSite Site { get; }

    public IotHubSimulator EdgeHub { get; }

    /// <summary>Starts it; the gateway is started by the test.</summary>
    public static async Task<EdgeHubBetween> StartAsync(
        ITestOutputHelper output, SiteOptions options, Quirk quirk = Quirk.None, Func<EdgeHubOptions, EdgeHubOptions>? change = null)
    {
        var site = await ScenarioSite.StartAsync(output, options with { StartGateway = false });
        var edge = site.ModuleTwin.Identity.Name.DeviceId;
        var device = site.Hub.Registry.Update(new IdentityName(edge), new IdentityChange(IotEdge: true), ifMatch: null);
        var module = site.Hub.Registry.CreateModule(edge, IdentityName.EdgeHubModule);
        foreach (var id in site.McuIds)
        {
            site.Hub.Registry.Update(site.Twin(id).Identity.Name, new IdentityChange(ParentScope: device.Record.DeviceScope), ifMatch: null);
        }

        var own = new EdgeHubOptions
        {
            UpstreamHost = "localhost",
            UpstreamPort = site.Hub.MqttEndpoint.Port,
            UpstreamHttpsPort = site.Hub.HttpsEndpoint.Port,
            UpstreamCaFile = site.Hub.CaFile,
            Credentials = new EdgeCredentials(site.Hub.HostName, module.Name, module.Record.PrimaryKey),
            ReportInterval = TimeSpan.Zero,
            CloudTimeout = TimeSpan.FromSeconds(3),
            MinTwinSyncPeriod = TimeSpan.Zero,
            ReconnectMax = TimeSpan.FromMilliseconds(300),
        };
        var edgeHub = await IotHubSimulator.StartAsync(new IotHubSimulatorOptions
        {
            AuthorityFile = Path.Combine(Path.GetDirectoryName(site.Hub.CaFile)!, "authority.pem"),
            EdgeHub = change?.Invoke(own) ?? own,
            Quirk = quirk,
        });
        site.Settings["Hub:GatewayHostName"] = "127.0.0.1"; // not the hub's name, so that it is a gateway
        site.Settings["Hub:Port"] = $"{edgeHub.MqttEndpoint.Port}";
        return new EdgeHubBetween(site, edgeHub);
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await EdgeHub.DisposeAsync();
    }
}
