using System.Threading.Channels;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;

namespace EdgeGateway.Hub.Tests.Connections;

/// <summary>The hub's side of a transport in memory: each connect gives a <see cref="HubPeer"/> that the test plays.</summary>
internal sealed class InMemoryHub : IHubTransport
{
    private readonly Channel<HubPeer> _peers = Channel.CreateUnbounded<HubPeer>();
    private int _attempts;

    /// <summary>Connects asked for, whether they came about or not.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Where the last connect went.</summary>
    public HubEndpoint? LastEndpoint { get; private set; }

    /// <summary>What the next connects fail with.</summary>
    public HubException? Failure { get; set; }

    /// <summary>Never answers a connect.</summary>
    public bool Hangs { get; set; }

    public async Task<Stream> ConnectAsync(HubEndpoint endpoint, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        LastEndpoint = endpoint;
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (Failure is { } failure)
        {
            throw failure;
        }

        var (client, server) = DuplexStream.CreatePair();
        await _peers.Writer.WriteAsync(new HubPeer(server), cancellationToken);
        return client;
    }

    /// <summary>The next connection, before its CONNECT.</summary>
    public Task<HubPeer> NextPeerAsync() => _peers.Reader.ReadAsync().AsTask().WaitAsync(TestEnvironment.Patience);
}
