using System.Text;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Hub.Tests.Connections.Sessions;

public sealed class ConnectionLoopTests
{
    private static readonly DeviceMessage Hello = new("hello"u8.ToArray(), new Dictionary<string, string>());
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(ConnectReturnCode.BadUserNameOrPassword, HubFailure.Unauthorized)]
    [InlineData(ConnectReturnCode.NotAuthorized, HubFailure.Unauthorized)]
    [InlineData(ConnectReturnCode.IdentifierRejected, HubFailure.Unauthorized)]
    [InlineData(ConnectReturnCode.ServerUnavailable, HubFailure.Unreachable)]
    [InlineData(ConnectReturnCode.UnacceptableProtocolVersion, HubFailure.ProtocolError)]
    public async Task Connect_Refused_IsReportedAndTriedAgain(ConnectReturnCode code, HubFailure expected)
    {
        await using var env = new TestEnvironment();
        env.Connection.Start(env.Handler);
        await (await env.Hub.NextPeerAsync()).AcceptAsync(code);

        var status = await env.Handler.NextStatusAsync(s => s.Failure is not null);
        var again = env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(again, Second, Hour);

        status.Should().BeEquivalentTo(new { State = ConnectionState.Connecting, Failure = expected });
        status.Detail.Should().Contain($"code {(int)code}");
        await (await again).OpenAsync();
        await env.Handler.NextTwinAsync();
        env.Connection.State.Should().Be(ConnectionState.Connected);
    }

    [Fact]
    public async Task Connect_NoConnAck_TimesOutAndIsTriedAgain()
    {
        await using var env = new TestEnvironment();
        env.Connection.Start(env.Handler);
        await (await env.Hub.NextPeerAsync()).ReceiveAsync<ConnectPacket>();

        var again = env.Hub.NextPeerAsync();
        var moved = await env.AdvanceUntilAsync(again, Second, Hour);

        moved.Should().BeGreaterThanOrEqualTo(env.Options.OperationTimeout);
        (await env.Handler.NextStatusAsync(s => s.Failure is not null)).Failure.Should().Be(HubFailure.TimedOut);
    }

    [Fact]
    public async Task Connect_TransportHangs_TimesOut()
    {
        await using var env = new TestEnvironment();
        env.Hub.Hangs = true;
        env.Connection.Start(env.Handler);

        var status = env.Handler.NextStatusAsync(s => s.Failure is not null);
        await env.AdvanceUntilAsync(status, Second, Hour);

        (await status).Failure.Should().Be(HubFailure.TimedOut);
    }

    [Fact]
    public async Task Connect_NoKey_IsReportedAsUnauthorized()
    {
        await using var env = new TestEnvironment { Tokens = new KeyTokenProvider([]) };
        env.Connection.Start(env.Handler);

        var status = await env.Handler.NextStatusAsync(s => s.Failure is not null);

        status.Failure.Should().Be(HubFailure.Unauthorized);
        status.Detail.Should().Contain("no key for 'mcu-07'");
        env.Hub.Attempts.Should().Be(0);
    }

    [Fact]
    public async Task Session_LineBreaks_ReconnectsAndDeliversTheTwinAgain()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync("""{"desired":{"$version":3},"reported":{"$version":1}}""");
        peer.Break();
        var next = env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(next, Second, Hour);
        await (await next).OpenAsync("""{"desired":{"$version":3},"reported":{"$version":1}}""");

        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(3, "it is delivered after every connect, changed or not");
        (await env.Handler.NextStatusAsync(s => s.Failure is not null)).Should().BeEquivalentTo(
            new { State = ConnectionState.Connecting, Failure = HubFailure.Unreachable });
    }

    [Fact]
    public async Task Session_MessageNotAcknowledged_IsSentAgainAsDuplicate()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();
        var first = env.Connection.SendAsync(Hello, default);
        var (_, lost) = await peer.ReceiveTopicAsync<TelemetryTopic>();
        var second = env.Connection.SendAsync(new DeviceMessage("second"u8.ToArray(), Hello.Properties), default);
        var (_, acknowledged) = await peer.ReceiveTopicAsync<TelemetryTopic>();
        await peer.SendAsync(new PubAckPacket(acknowledged.PacketId));
        await second;
        peer.Break();

        var next = env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(next, TimeSpan.FromMilliseconds(100), Hour);
        await (await next).AcceptAsync();
        await (await next).GrantAsync();
        var packets = new[] { await (await next).ReceiveAsync<PublishPacket>(), await (await next).ReceiveAsync<PublishPacket>() };
        var again = packets.Should().ContainSingle(p => p.Qos == MqttQos.AtLeastOnce).Subject;

        lost.Duplicate.Should().BeFalse();
        again.Duplicate.Should().BeTrue();
        again.PacketId.Should().Be(lost.PacketId);
        Encoding.UTF8.GetString(again.Payload.Span).Should().Be("hello");
        await (await next).SendAsync(new PubAckPacket(again.PacketId));
        await first;
    }

    [Fact]
    public async Task Session_ManyMessages_KeepTheirOrderWithinTheWindow()
    {
        await using var env = new TestEnvironment();
        var sends = Enumerable.Range(0, 100)
            .Select(i => env.Connection.SendAsync(new DeviceMessage(new[] { (byte)i }, Hello.Properties), default))
            .ToList();
        var peer = await env.Connect();

        var received = new List<byte>();
        while (received.Count < 100)
        {
            if (await peer.ReceiveAsync() is PublishPacket { Qos: MqttQos.AtLeastOnce } packet)
            {
                received.Add(packet.Payload.Span[0]);
                await peer.SendAsync(new PubAckPacket(packet.PacketId));
            }
        }

        await Task.WhenAll(sends);
        received.Should().Equal(Enumerable.Range(0, 100).Select(i => (byte)i));
    }

    [Fact]
    public async Task Session_Silent_IsTestedByPing()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();

        var ping = peer.ReceiveAsync<PingReqPacket>();
        var moved = await env.AdvanceUntilAsync(ping, TimeSpan.FromSeconds(10), Hour);
        await peer.SendAsync(new PingRespPacket());
        var second = peer.ReceiveAsync<PingReqPacket>();
        await env.AdvanceUntilAsync(second, TimeSpan.FromSeconds(10), Hour);

        moved.Should().BeGreaterThanOrEqualTo(env.Options.KeepAlive);
        env.Hub.Attempts.Should().Be(1);
    }

    [Fact]
    public async Task Session_OtherTrafficInsteadOfThePingAnswer_IsASignOfLife()
    {
        await using var env = new TestEnvironment();
        env.Options.KeepAlive = TimeSpan.FromMinutes(1);
        env.Options.OperationTimeout = TimeSpan.FromSeconds(20);
        var peer = await env.StartAsync();
        var ping = peer.ReceiveAsync<PingReqPacket>();
        await env.AdvanceUntilAsync(ping, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        for (var i = 0; i < 2; i++)
        {
            await env.Time.RunAsync(TimeSpan.FromSeconds(15));
            await peer.PublishAsync(new DesiredPatchTopic(1), "{}");
        }

        await env.Time.RunAsync(TimeSpan.FromSeconds(1));

        env.Connection.State.Should().Be(ConnectionState.Connected);
        env.Hub.Attempts.Should().Be(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Subscribe_CloudToDevice_OnlyWhereTheHandlerTakesMessages(bool takesMessages)
    {
        await using var env = new TestEnvironment();
        env.Connection.Start(takesMessages ? env.Handler : new TwinOnlyHandler());
        var peer = await env.Hub.NextPeerAsync();
        await peer.AcceptAsync();

        var subscribe = await peer.ReceiveAsync<SubscribePacket>();

        subscribe.Subscriptions.Should().HaveCount(takesMessages ? 4 : 3);
        subscribe.Subscriptions.Any(s => s.Filter.Contains("devicebound", StringComparison.Ordinal)).Should().Be(takesMessages);
    }

    [Fact]
    public async Task Session_PingNotAnswered_IsGivenUp()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();

        var next = env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(next, TimeSpan.FromSeconds(5), Hour);

        (await peer.ReceiveAsync()).Should().BeOfType<PingReqPacket>();
        var status = await env.Handler.NextStatusAsync(s => s.Failure is not null);
        status.Failure.Should().Be(HubFailure.TimedOut);
        status.Detail.Should().Contain("ping");
    }

    [Fact]
    public async Task Session_TokenNearItsEnd_DrainsAndReconnectsWithANewOne()
    {
        await using var env = new TestEnvironment();
        env.Options.KeepAlive = TimeSpan.FromMinutes(19);
        env.Options.TokenLifetime = TimeSpan.FromMinutes(10);
        var start = env.Time.GetUtcNow();
        var peer = await env.StartAsync();
        env.Time.Advance(TimeSpan.FromMinutes(7.5));
        var inFlight = env.Connection.SendAsync(Hello, default);
        var (_, packet) = await peer.ReceiveTopicAsync<TelemetryTopic>();
        env.Time.Advance(TimeSpan.FromSeconds(29));
        await peer.SendAsync(new PubAckPacket(packet.PacketId));
        await inFlight;

        var next = env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(next, Second, Hour);
        var renewed = env.Time.GetUtcNow() - start;
        var connect = await (await next).AcceptAsync();

        (await peer.ReceiveAsync()).Should().BeOfType<DisconnectPacket>("nothing is lost and the hub is told");
        renewed.Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(8)).And.BeLessThan(TimeSpan.FromMinutes(9.5));
        SharedAccessSignature.Parse(connect.Password!).Expiry.Should().BeAfter(start + TimeSpan.FromMinutes(17));
        var statuses = new[] { await env.Handler.NextStatusAsync(), await env.Handler.NextStatusAsync(), await env.Handler.NextStatusAsync() };
        statuses.Should().OnlyContain(s => s.Failure == null, "a renewal is no failure");
    }

    [Fact]
    public async Task Session_RenewalWithUnacknowledgedMessage_WaitsForItThenSendsItAgain()
    {
        await using var env = new TestEnvironment();
        env.Options.KeepAlive = TimeSpan.FromMinutes(19);
        env.Options.OperationTimeout = TimeSpan.FromMinutes(5);
        env.Options.TokenLifetime = TimeSpan.FromMinutes(10);
        var peer = await env.StartAsync();
        env.Time.Advance(TimeSpan.FromMinutes(7.9));
        var send = env.Connection.SendAsync(Hello, default);
        await peer.ReceiveTopicAsync<TelemetryTopic>();
        env.Time.Advance(TimeSpan.FromMinutes(0.7));
        await TestEnvironment.LetRunAsync();
        env.Hub.Attempts.Should().Be(1, "the message is still on its way");
        peer.Close();

        var next = env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(next, Second, Hour);
        await (await next).AcceptAsync();
        await (await next).GrantAsync();
        var packets = new[] { await (await next).ReceiveAsync<PublishPacket>(), await (await next).ReceiveAsync<PublishPacket>() };
        var again = packets.Single(p => p.Qos == MqttQos.AtLeastOnce);
        again.Duplicate.Should().BeTrue();
        await (await next).SendAsync(new PubAckPacket(again.PacketId));
        await send;
    }

    [Fact]
    public async Task Session_ClosedSoonAfterAcceptanceTwice_IsReportedAsReplacedAndSlow()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();
        peer.Close();
        (await env.Handler.NextStatusAsync(s => s.Failure is not null)).Failure.Should().Be(HubFailure.Unreachable);
        var second = env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(second, TimeSpan.FromMilliseconds(100), Hour);
        await (await second).OpenAsync();
        await env.Handler.NextTwinAsync();
        (await second).Close();

        var status = await env.Handler.NextStatusAsync(s => s.Failure is not null);
        var third = env.Hub.NextPeerAsync();
        var moved = await env.AdvanceUntilAsync(third, Second, Hour);

        status.Failure.Should().Be(HubFailure.Replaced);
        status.Detail.Should().Contain("another client");
        moved.Should().BeGreaterThan(TimeSpan.FromSeconds(9), "two clients that throw each other out must not storm the hub");
    }

    [Fact]
    public async Task Session_Garbage_IsReportedAsProtocolError()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();

        await peer.SendBytesAsync(new byte[] { 0x00, 0x00 });

        (await env.Handler.NextStatusAsync(s => s.Failure is not null)).Failure.Should().Be(HubFailure.ProtocolError);
        (await peer.ReceiveAsync()).Should().BeNull("the connection is closed");
    }

    [Fact]
    public async Task Session_UnfinishedReport_IsSentAgainAfterReconnectWithWhatCameSince()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();
        env.Connection.Report(new JsonObject { ["a"] = 1, ["b"] = 1 });
        await peer.ReceiveTopicAsync<ReportedPatchTopic>();
        env.Connection.Report(new JsonObject { ["b"] = 2 });
        var flush = env.Connection.FlushReportsAsync(default);
        peer.Break();

        var next = env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(next, TimeSpan.FromMilliseconds(100), Hour);
        await (await next).AcceptAsync();
        await (await next).GrantAsync();
        var get = (await next).AnswerGetAsync();
        await get;
        var report = (await next).AnswerReportAsync();
        await env.AdvanceUntilAsync(report, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20));

        (await report).Should().Be("""{"a":1,"b":2}""");
        await flush;
    }

    [Fact]
    public async Task Create_HundredIdentities_ConnectsAreSpaced()
    {
        await using var env = new TestEnvironment();
        env.Options.ConnectsPerSecond = 10;
        var factory = env.CreateFactory();
        var connections = Enumerable.Range(0, 100).Select(i => factory.Create(new DeviceIdentity($"mcu-{i}"))).ToList();
        connections.ForEach(c => c.Start(new RecordingHandler()));
        await TestEnvironment.LetRunAsync();
        var atOnce = env.Hub.Attempts;
        for (var i = 0; i < 49; i++)
        {
            env.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await TestEnvironment.LetRunAsync();

        atOnce.Should().Be(1);
        env.Hub.Attempts.Should().BeInRange(40, 50);
        await Task.WhenAll(connections.Select(c => env.AdvanceUntilAsync(c.DisposeAsync().AsTask(), Second, Hour)));
    }

    private sealed class TwinOnlyHandler : IDeviceHandler
    {
        public ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new MethodResponse(404));

        public ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
