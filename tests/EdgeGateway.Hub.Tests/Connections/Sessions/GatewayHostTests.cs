using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Tests.Connections.Sessions;

/// <summary>What an edgeHub does that IoT Hub does not.</summary>
public sealed class GatewayHostTests
{
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("edge01", 200)]
    [InlineData(null, 0)]
    [InlineData("contoso.azure-devices.net", 0)]
    public async Task Connect_AfterTheHandshake_PausesOnlyBeforeAGateway(string? gateway, int milliseconds)
    {
        await using var env = Environment(gateway);
        env.Connection.Start(env.Handler);
        var peer = await env.Hub.NextPeerAsync();

        var connect = peer.AcceptAsync();
        var moved = await env.AdvanceUntilAsync(connect, TimeSpan.FromMilliseconds(10), Second);

        moved.TotalMilliseconds.Should().BeInRange(milliseconds, milliseconds + 100);
    }

    [Fact]
    public async Task Connect_LostWithTheEndOfTheHandshake_IsSentAgainSoonAndLater()
    {
        await using var env = Environment();
        env.Connection.Start(env.Handler);
        var lost = await env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(lost.ReceiveAsync<ConnectPacket>(), Tenth, Second);

        var next = env.Hub.NextPeerAsync();
        var moved = await env.AdvanceUntilAsync(next, Tenth, Hour);
        var connect = (await next).AcceptAsync();
        var pause = await env.AdvanceUntilAsync(connect, TimeSpan.FromMilliseconds(10), Second);

        moved.Should().BeLessThan(TimeSpan.FromSeconds(7), "the whole timeout of an operation is far too long");
        pause.TotalMilliseconds.Should().BeInRange(250, 500, "it is twice as long as the first, which was not enough");
        (await env.Handler.NextStatusAsync(s => s.Failure is not null)).Failure.Should().Be(HubFailure.TimedOut);
        await (await next).GrantAsync();
        await (await next).AnswerGetAsync();
        await env.Handler.NextTwinAsync();
    }

    [Fact]
    public async Task Connect_GatewayIsFull_NamesTheLimitAndKnocksSlowly()
    {
        await using var env = Environment();
        env.Connection.Start(env.Handler);
        for (var i = 0; i < 2; i++)
        {
            await CloseUnansweredAsync(env);
        }

        var status = await env.Handler.NextStatusAsync(s => s.Failure == HubFailure.GatewayFull);
        status.Detail.Should().Contain("MaxConnectedClients");
        var start = env.Time.GetUtcNow();
        for (var i = 0; i < 5; i++)
        {
            await CloseUnansweredAsync(env);
        }

        (env.Time.GetUtcNow() - start).Should().BeGreaterThan(TimeSpan.FromMinutes(5), "five more attempts are not hammered");
        var free = env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(free, Second, Hour);
        var opened = (await free).OpenAsync();
        await env.AdvanceUntilAsync(opened, Tenth, Second);
        (await env.Handler.NextTwinAsync()).Should().NotBeNull("there is room again");
    }

    [Fact]
    public async Task Connect_GatewayIsFullForOne_OthersAreNotTouched()
    {
        await using var env = Environment();
        var other = new RecordingHandler();
        var factory = env.CreateFactory();
        var connected = factory.Create(new DeviceIdentity("first"));
        connected.Start(other);
        var peer = await env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(peer.OpenAsync(), Tenth, Second);
        await other.NextTwinAsync();
        var late = factory.Create(new DeviceIdentity("late"));
        late.Start(env.Handler);
        for (var i = 0; i < 3; i++)
        {
            await CloseUnansweredAsync(env);
        }

        connected.State.Should().Be(ConnectionState.Connected);
        connected.Report(new System.Text.Json.Nodes.JsonObject { ["a"] = 1 });
        (await peer.AnswerReportAsync()).Should().Be("""{"a":1}""");
        await env.AdvanceUntilAsync(Task.WhenAll(connected.DisposeAsync().AsTask(), late.DisposeAsync().AsTask()), Second, Hour);
    }

    [Fact]
    public async Task Connect_IdentityTooNewForTheGateway_KnocksAgainAfterItsDamping()
    {
        await using var env = Environment();
        env.Connection.Start(env.Handler);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 4; i++)
        {
            var start = env.Time.GetUtcNow();
            var peer = env.Hub.NextPeerAsync();
            await env.AdvanceUntilAsync(peer, 2 * Second, Hour);
            waits.Add(env.Time.GetUtcNow() - start);
            await env.AdvanceUntilAsync((await peer).AcceptAsync(i < 3 ? ConnectReturnCode.NotAuthorized : ConnectReturnCode.Accepted), Tenth, Second);
        }

        waits[1].Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(13));
        waits[2].Should().BeGreaterThan(TimeSpan.FromSeconds(120)).And.BeLessThan(TimeSpan.FromSeconds(150));
        waits[3].Should().BeGreaterThan(TimeSpan.FromSeconds(120)).And.BeLessThanOrEqualTo(env.Options.RefusedRetryMax + (3 * Second));
    }

    [Fact]
    public async Task MassReconnect_AllDroppedAtOnce_ComeBackSpacedAndSpread()
    {
        const int Count = 60;
        await using var env = Environment(null);
        env.Options.ConnectsPerSecond = 10;
        var factory = env.CreateFactory();
        var connections = Enumerable.Range(0, Count).Select(i => factory.Create(new DeviceIdentity($"mcu-{i}"))).ToList();
        connections.ForEach(c => c.Start(new RecordingHandler()));
        var peers = await ConnectAllAsync(env, Count);
        env.Time.Advance(TimeSpan.FromMinutes(1.5)); // long enough to count as stable
        await TestEnvironment.LetRunAsync();

        peers.ForEach(p => p.Peer.Break());
        var again = await ConnectAllAsync(env, Count);

        again.Should().OnlyContain(
            p => again.Count(q => q.At >= p.At && q.At < p.At + Second) <= 11, "the gate lets ten through in any second");
        env.Hub.Attempts.Should().Be(2 * Count, "each came back with one attempt");
        await Task.WhenAll(connections.Select(c => env.AdvanceUntilAsync(c.DisposeAsync().AsTask(), Second, Hour)));
    }

    private static TestEnvironment Environment(string? gateway = "edge01")
    {
        var env = new TestEnvironment();
        env.Options.GatewayHostName = gateway;
        env.Options.KeepAlive = TimeSpan.FromMinutes(19);
        return env;
    }

    private static async Task CloseUnansweredAsync(TestEnvironment env)
    {
        var peer = env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(peer, 3 * Second, Hour);
        var connect = (await peer).ReceiveAsync<ConnectPacket>();
        await env.AdvanceUntilAsync(connect, Tenth, Second);
        (await peer).Close();
    }

    private static async Task<List<(HubPeer Peer, DateTimeOffset At)>> ConnectAllAsync(TestEnvironment env, int count)
    {
        var peers = new List<(HubPeer Peer, DateTimeOffset At)>();
        while (peers.Count < count)
        {
            var next = env.Hub.NextPeerAsync();
            await env.AdvanceUntilAsync(next, Tenth, Hour);
            peers.Add((await next, env.Time.GetUtcNow()));
            await peers[^1].Peer.OpenAsync();
        }

        return peers;
    }
}
