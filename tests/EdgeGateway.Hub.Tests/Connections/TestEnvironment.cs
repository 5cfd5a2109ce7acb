using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace EdgeGateway.Hub.Tests.Connections;

/// <summary>A device connection on a clock that the test moves, to a hub in memory that the test plays.</summary>
internal sealed class TestEnvironment : IAsyncDisposable
{
    /// <summary>Real time after which a test that waits has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static readonly byte[] Key = "0123456789abcdef0123456789abcdef"u8.ToArray();

    private readonly HubMetrics _metrics = new();
    private IDeviceConnection? _connection;

    public DeviceIdentity Identity { get; init; } = new("mcu-07");

    public HubOptions Options { get; } = new() { HostName = "contoso.azure-devices.net" };

    public VirtualTime Time { get; } = new();

    public InMemoryHub Hub { get; } = new();

    /// <summary>Carries the connection in the place of <see cref="Hub"/>.</summary>
    public IHubTransport? Transport { get; init; }

    public RecordingHandler Handler { get; } = new();

    public ITokenProvider Tokens { get; set; } = new SharedKeyTokenProvider(Key);

    public IModuleIdentitySource Module { get; } = Substitute.For<IModuleIdentitySource>();

    public int RandomSeed { get; init; } = 1;

    public HubMetrics Metrics => _metrics;

    public IDeviceConnection Connection => _connection ??= CreateFactory().Create(Identity);

    public DeviceConnectionFactory CreateFactory()
    {
        var options = Substitute.For<IOptionsMonitor<HubOptions>>();
        options.CurrentValue.Returns(Options);
        return new DeviceConnectionFactory(
            options, Transport ?? Hub, Tokens, Module, _metrics, Time, new Random(RandomSeed), NullLoggerFactory.Instance);
    }

    /// <summary>Starts and plays the hub until the first twin is delivered.</summary>
    public async Task<HubPeer> StartAsync(string twin = HubPeer.SmallTwin)
    {
        Connection.Start(Handler);
        var peer = await Hub.NextPeerAsync();
        await peer.OpenAsync(twin);
        await Handler.NextTwinAsync();
        return peer;
    }

    /// <summary>Starts and accepts, without answering the twin get.</summary>
    public async Task<HubPeer> Connect()
    {
        Connection.Start(Handler);
        var peer = await Hub.NextPeerAsync();
        await peer.AcceptAsync();
        await peer.GrantAsync();
        return peer;
    }

    /// <summary>Moves the clock until something has happened.</summary>
    /// <returns>How far the clock was moved.</returns>
    public async Task<TimeSpan> AdvanceUntilAsync(Task happened, TimeSpan step, TimeSpan limit)
    {
        var moved = await Time.RunUntilAsync(happened, limit);
        await happened;
        return moved;
    }

    /// <summary>Lets the code under test run before the clock moves on.</summary>
    public static Task LetRunAsync() => VirtualTime.SettleAsync();

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            var disposing = _connection.DisposeAsync().AsTask();
            await AdvanceUntilAsync(disposing, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        }

        _metrics.Dispose();
    }
}
