using System.Net;
using System.Net.Sockets;
using EdgeGateway.Simulators.Demo.Layers;

namespace EdgeGateway.Simulators.Demo.Tests.Layers;

public sealed class CountingRelayTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TcpListener _upper = new(IPAddress.Loopback, 0);

    public CountingRelayTests() => _upper.Start();

    [Fact]
    public async Task Connection_BothWays_PassesBytesAndCountsThoseThatComeDown()
    {
        await using var relay = new CountingRelay((IPEndPoint)_upper.LocalEndpoint);
        using var lower = await ConnectAsync(relay);
        using var upper = await _upper.AcceptTcpClientAsync().WaitAsync(Patience);

        await lower.GetStream().WriteAsync(new byte[300]);
        await upper.GetStream().ReadExactlyAsync(new byte[300]).AsTask().WaitAsync(Patience);
        await upper.GetStream().WriteAsync(new byte[70_000]);
        upper.Client.Shutdown(SocketShutdown.Send);
        await lower.GetStream().ReadExactlyAsync(new byte[70_000]).AsTask().WaitAsync(Patience);
        (await lower.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Patience)).Should().Be(0, "an end is passed on");

        relay.BytesDown.Should().Be(70_000);
    }

    [Fact]
    public async Task UpperSide_Away_EndsTheConnection()
    {
        _upper.Stop();
        await using var relay = new CountingRelay((IPEndPoint)_upper.LocalEndpoint);
        using var lower = await ConnectAsync(relay);

        var read = async () => await lower.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Patience) is 0
            ? throw new IOException("closed")
            : true;

        await read.Should().ThrowAsync<IOException>();
        relay.BytesDown.Should().Be(0);
    }

    [Fact]
    public async Task Dispose_OpenConnection_EndsIt()
    {
        var relay = new CountingRelay((IPEndPoint)_upper.LocalEndpoint);
        using var lower = await ConnectAsync(relay);
        using var upper = await _upper.AcceptTcpClientAsync().WaitAsync(Patience);

        await relay.DisposeAsync().AsTask().WaitAsync(Patience);

        var read = async () => await upper.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Patience) is 0
            ? throw new IOException("closed")
            : true;
        await read.Should().ThrowAsync<IOException>();
    }

    public void Dispose() => _upper.Dispose();

    private static async Task<TcpClient> ConnectAsync(CountingRelay relay)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, relay.Port).WaitAsync(Patience);
        return client;
    }
}
