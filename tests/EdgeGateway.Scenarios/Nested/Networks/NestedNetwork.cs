namespace EdgeGateway.Scenarios.Nested.Networks;

/// <summary>
/// Four networks in a row: cloud, top, middle, bottom. Two cables join adjacent ones, one for the hub's traffic and one for content, so that
/// content can be counted, and each cut alone. Nothing forwards: only adjacent networks reach each other.
/// </summary>
internal sealed class NestedNetwork : IAsyncDisposable
{
    public const string HubName = "hub.nested.test";
    public const string OriginName = "origin.nested.test";

    /// <summary>Names of the layers, from the cloud down; a gateway of a layer is reached as <c>content.LAYER.nested.test</c>.</summary>
    public static readonly IReadOnlyList<string> Layers = ["cloud", "top", "middle", "bottom"];

    private readonly List<NetworkNamespace> _namespaces = [];

    private NestedNetwork()
    {
    }

    public NetworkNamespace Cloud => _namespaces[0];

    /// <summary>The networks of the gateways, the top one first.</summary>
    public IReadOnlyList<NetworkNamespace> Gateways => [.. _namespaces.Skip(1)];

    /// <summary>The cables of the hub's traffic: cloud to top first.</summary>
    public List<VethLink> HubLinks { get; } = [];

    /// <summary>The cables of content: cloud to top first.</summary>
    public List<VethLink> ContentLinks { get; } = [];

    /// <summary>Name of a layer's edgeHub.</summary>
    public static string EdgeHubName(int layer) => $"{Layers[layer + 1]}.nested.test";

    /// <summary>Name of a layer's gateway, for content.</summary>
    public static string ContentName(int layer) => $"content.{Layers[layer + 1]}.nested.test";

    /// <summary>Makes it; what a killed run has left is removed first.</summary>
    public static async Task<NestedNetwork> CreateAsync()
    {
        await NetworkNamespace.RemoveLeftoversAsync();
        var network = new NestedNetwork();
        try
        {
            foreach (var layer in Layers)
            {
                network._namespaces.Add(await NetworkNamespace.CreateAsync(layer));
            }

            for (var i = 1; i < Layers.Count; i++)
            {
                var (upper, lower) = (network._namespaces[i - 1], network._namespaces[i]);
                network.HubLinks.Add(await VethLink.CreateAsync($"hub{i}", upper, lower, 2 * i));
                network.ContentLinks.Add(await VethLink.CreateAsync($"content{i}", upper, lower, 2 * i + 1));
            }

            network.WriteNames();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _namespaces)
        {
            await one.DisposeAsync();
        }
    }

    // each knows itself and what stands right above it
    private void WriteNames()
    {
        for (var layer = 0; layer < Gateways.Count; layer++)
        {
            var (hub, content) = (HubLinks[layer], ContentLinks[layer]);
            var (hubName, contentName) = layer == 0 ? (HubName, OriginName) : (EdgeHubName(layer - 1), ContentName(layer - 1));
            Gateways[layer].WriteHosts(
                (System.Net.IPAddress.Loopback, EdgeHubName(layer)), (System.Net.IPAddress.Loopback, ContentName(layer)),
                (hub.UpperAddress, hubName), (content.UpperAddress, contentName));
        }
    }
}
