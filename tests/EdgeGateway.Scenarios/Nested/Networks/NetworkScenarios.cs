using System.Net.Sockets;

namespace EdgeGateway.Scenarios.Nested.Networks;

/// <summary>Tests the networks themselves: the scenarios rely on adjacent hosts being the only ones that reach each other.</summary>
public sealed class NetworkScenarios
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [NamespaceFact]
    public async Task Layers_WhoIsNoNeighbour_CannotBeReached()
    {
        await using var network = await NestedNetwork.CreateAsync();
        var hub = new System.Net.IPEndPoint(network.HubLinks[0].UpperAddress, 8883);
        using var listener = network.Cloud.Bind(hub);
        listener.Listen();

        using var top = network.Gateways[0].CreateSocket();
        await top.ConnectAsync(hub).WaitAsync(Patience);
        foreach (var lower in network.Gateways.Skip(1))
        {
            using var socket = lower.CreateSocket();
            var connect = () => socket.ConnectAsync(hub).WaitAsync(Patience);

            (await connect.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.NetworkUnreachable);
        }
    }

    [NamespaceFact]
    public async Task Cables_Counted_AndCutOneByOne()
    {
        await using var network = await NestedNetwork.CreateAsync();
        var (hub, content) = (network.HubLinks[2], network.ContentLinks[2]);
        using var listener = network.Gateways[1].Bind(new System.Net.IPEndPoint(content.UpperAddress, 0));
        listener.Listen();
        using var client = network.Gateways[2].CreateSocket();
        var before = await content.BytesDownAsync();
        var beside = await hub.BytesDownAsync();
        await hub.CutAsync();

        await client.ConnectAsync(listener.LocalEndPoint!).WaitAsync(Patience);
        using var server = await listener.AcceptAsync().WaitAsync(Patience);
        await server.SendAsync(new byte[1000]);
        (await client.ReceiveAsync(new byte[1000]).WaitAsync(Patience)).Should().Be(1000);

        ((await content.BytesDownAsync()) - before).Should().BeInRange(1000, 2000);
        ((await hub.BytesDownAsync()) - beside).Should().BeLessThan(1000);
        await hub.JoinAsync();
    }
}
