using System.Text;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Hub.Tests.Connections;

public sealed class DeviceConnectionTests
{
    private static readonly DeviceMessage Hello = new("hello"u8.ToArray(), new Dictionary<string, string> { ["$.ct"] = "text/plain" });

    [Fact]
    public async Task Start_HubAccepts_SubscribesAndDeliversTheTwin()
    {
        await using var env = new TestEnvironment();
        env.Connection.Start(env.Handler);
        env.Connection.Start(env.Handler);
        var peer = await env.Hub.NextPeerAsync();
        var connect = await peer.AcceptAsync();
        var subscribe = await peer.ReceiveAsync<SubscribePacket>();
        await peer.SendAsync(new SubAckPacket(subscribe.PacketId, [1, 1, 1, 1]));
        await peer.AnswerGetAsync("""{"desired":{"x":{"y":1},"$metadata":{},"$version":5},"reported":{"z":2,"$version":9}}""");
        var twin = await env.Handler.NextTwinAsync();

        connect.Should().BeEquivalentTo(new { ClientId = "mcu-07", CleanSession = false, KeepAliveSeconds = 120 });
        connect.UserName.Should().StartWith("contoso.azure-devices.net/mcu-07/?api-version=2020-09-30&DeviceClientType=EdgeGateway%2F");
        var token = SharedAccessSignature.Parse(connect.Password!);
        token.Check(TestEnvironment.Key, "contoso.azure-devices.net/devices/mcu-07", env.Time.GetUtcNow()).Should().Be(SharedAccessSignatureCheck.Valid);
        token.Expiry.Should().Be(env.Time.GetUtcNow() + env.Options.TokenLifetime);
        subscribe.Subscriptions.Select(s => s.Filter).Should().Equal(
            "$iothub/twin/res/#", "$iothub/twin/PATCH/properties/desired/#", "$iothub/methods/POST/#", "devices/mcu-07/messages/devicebound/#");
        twin.Desired.ToJsonString().Should().Be("""{"x":{"y":1}}""");
        twin.Reported.ToJsonString().Should().Be("""{"z":2}""");
        (twin.DesiredVersion, twin.ReportedVersion).Should().Be((5, 9));
        (await env.Handler.NextStatusAsync()).State.Should().Be(ConnectionState.Connecting);
        (await env.Handler.NextStatusAsync()).State.Should().Be(ConnectionState.Connected);
        env.Hub.Attempts.Should().Be(1);
    }

    [Fact]
    public async Task Start_ModuleWithModel_ConnectsAsModule()
    {
        await using var env = new TestEnvironment { Identity = new DeviceIdentity("edge", "gateway", "dtmi:contoso:gateway;1") };
        env.Connection.Start(env.Handler);
        var peer = await env.Hub.NextPeerAsync();
        var connect = await peer.AcceptAsync();
        var subscribe = await peer.ReceiveAsync<SubscribePacket>();

        connect.ClientId.Should().Be("edge/gateway");
        connect.UserName.Should().Contain("/edge/gateway/?").And.EndWith("&model-id=dtmi%3Acontoso%3Agateway%3B1");
        SharedAccessSignature.Parse(connect.Password!).Resource.Should().Be("contoso.azure-devices.net/devices/edge/modules/gateway");
        subscribe.Subscriptions.Should().HaveCount(3, "modules have no cloud-to-device messages");
    }

    [Fact]
    public async Task GetTwinAsync_Connected_GivesTheAnswer()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();

        var call = env.Connection.GetTwinAsync(default);
        await peer.AnswerGetAsync("""{"desired":{},"reported":{}}""");

        (await call).DesiredVersion.Should().BeNull();
    }

    [Theory]
    [InlineData(400, HubFailure.BadRequest)]
    [InlineData(401, HubFailure.Unauthorized)]
    [InlineData(429, HubFailure.Throttled)]
    [InlineData(503, HubFailure.Unreachable)]
    [InlineData(302, HubFailure.ProtocolError)]
    public async Task GetTwinAsync_Refused_SaysWhy(int status, HubFailure expected)
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();

        var call = env.Connection.GetTwinAsync(default);
        await peer.AnswerGetAsync("", status);

        (await call.Invoking(c => c).Should().ThrowAsync<HubException>()).Which.Failure.Should().Be(expected);
    }

    [Fact]
    public async Task GetTwinAsync_NoAnswer_TimesOut()
    {
        await using var env = new TestEnvironment();
        await env.StartAsync();

        var call = env.Connection.GetTwinAsync(default);
        await env.AdvanceUntilAsync(call.ContinueWith(_ => { }, TaskScheduler.Default), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

        (await call.Invoking(c => c).Should().ThrowAsync<HubException>()).Which.Failure.Should().Be(HubFailure.TimedOut);
    }

    [Fact]
    public async Task SendAsync_Cancelled_EndsAtOnceAndTakesTheMessageBack()
    {
        await using var env = new TestEnvironment();
        using var cancel = new CancellationTokenSource();
        var call = env.Connection.SendAsync(Hello, cancel.Token);
        await cancel.CancelAsync();
        await call.Invoking(c => c).Should().ThrowAsync<OperationCanceledException>();

        var peer = await env.StartAsync();
        var next = env.Connection.SendAsync(new DeviceMessage("second"u8.ToArray(), Hello.Properties), default);

        var (_, packet) = await peer.ReceiveTopicAsync<TelemetryTopic>();
        Encoding.UTF8.GetString(packet.Payload.Span).Should().Be("second");
        await peer.SendAsync(new PubAckPacket(packet.PacketId));
        await next;
    }

    [Fact]
    public async Task SendAsync_NeverConnected_SaysWhatKeepsItAway()
    {
        await using var env = new TestEnvironment();
        env.Hub.Failure = new HubException(HubFailure.Untrusted, "The certificate is somebody else's.");
        env.Connection.Start(env.Handler);

        var call = env.Connection.SendAsync(Hello, default);
        await env.AdvanceUntilAsync(call.ContinueWith(_ => { }, TaskScheduler.Default), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

        var e = (await call.Invoking(c => c).Should().ThrowAsync<HubException>()).Which;
        e.Failure.Should().Be(HubFailure.Untrusted);
        e.Message.Should().Contain("somebody else's");
    }

    [Fact]
    public async Task SendAsync_TooLarge_IsRefusedAtOnce()
    {
        await using var env = new TestEnvironment();

        var act = () => env.Connection.SendAsync(new DeviceMessage(new byte[256 * 1024 + 1], Hello.Properties), default);

        (await act.Should().ThrowAsync<HubException>()).Which.Failure.Should().Be(HubFailure.BadRequest);
    }

    [Fact]
    public async Task OnMethod_HandlerAnswers_AnswerGoesOut()
    {
        await using var env = new TestEnvironment();
        env.Handler.Method = (request, _) => ValueTask.FromResult(
            new MethodResponse(202, new JsonObject { ["name"] = request.Name, ["argument"] = request.Payload?.DeepClone() }));
        var peer = await env.StartAsync();

        await peer.PublishAsync(new MethodRequestTopic("start", "abc"), """{"n":1}""", packetId: 3);

        (await peer.ReceiveAsync<PubAckPacket>()).PacketId.Should().Be(3);
        var (topic, packet) = await peer.ReceiveTopicAsync<MethodResponseTopic>();
        topic.Should().Be(new MethodResponseTopic(202, "abc"));
        Encoding.UTF8.GetString(packet.Payload.Span).Should().Be("""{"name":"start","argument":{"n":1}}""");
    }

    [Fact]
    public async Task OnMethod_HandlerThrows_AnswersInternalError()
    {
        await using var env = new TestEnvironment();
        env.Handler.Method = (_, _) => throw new InvalidOperationException("the bus is busy");
        var peer = await env.StartAsync();

        await peer.PublishAsync(new MethodRequestTopic("start", "1"), "");

        var (topic, packet) = await peer.ReceiveTopicAsync<MethodResponseTopic>();
        topic.Status.Should().Be(500);
        Encoding.UTF8.GetString(packet.Payload.Span).Should().Be("\"the bus is busy\"");
    }

    [Fact]
    public async Task OnMethod_PayloadIsNotJson_IsRefusedWithoutTheHandler()
    {
        await using var env = new TestEnvironment();
        env.Handler.Method = (_, _) => throw new InvalidOperationException("must not be called");
        var peer = await env.StartAsync();

        await peer.PublishAsync(new MethodRequestTopic("start", "1"), "{");

        (await peer.ReceiveTopicAsync<MethodResponseTopic>()).Topic.Status.Should().Be(400);
    }

    [Fact]
    public async Task OnMessage_HandlerReturns_AcknowledgesAfterwards()
    {
        await using var env = new TestEnvironment();
        var handled = new TaskCompletionSource();
        env.Handler.OnMessage = _ => new ValueTask(handled.Task);
        var peer = await env.StartAsync();

        await peer.PublishAsync(new CloudToDeviceTopic("mcu-07", new Dictionary<string, string> { ["$.mid"] = "m1" }), "hi", packetId: 9);
        var message = await env.Handler.NextMessageAsync();

        Encoding.UTF8.GetString(message.Body.Span).Should().Be("hi");
        message.Properties.Should().Contain("$.mid", "m1");
        var acknowledgement = peer.ReceiveAsync<PubAckPacket>();
        await TestEnvironment.LetRunAsync();
        acknowledgement.IsCompleted.Should().BeFalse("the handler still works");
        handled.SetResult();
        (await acknowledgement).PacketId.Should().Be(9);
    }

    [Fact]
    public async Task OnMessage_HandlerThrows_IsNotAcknowledged()
    {
        await using var env = new TestEnvironment();
        env.Handler.OnMessage = _ => throw new InvalidOperationException("not now");
        var peer = await env.StartAsync();

        await peer.PublishAsync(new CloudToDeviceTopic("mcu-07", Hello.Properties), "hi", packetId: 9);
        await env.Handler.NextMessageAsync();
        await peer.PublishAsync(new MethodRequestTopic("after", "1"), "");

        (await peer.ReceiveAsync()).Should().BeOfType<PublishPacket>("the method's answer comes, the message's acknowledgement never did");
    }

    [Fact]
    public async Task DisposeAsync_ReportsPending_FlushesThemAndLeavesInOrder()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();
        env.Connection.Report(new JsonObject { ["a"] = 1 });
        await peer.AnswerReportAsync();
        env.Connection.Report(new JsonObject { ["a"] = 2 });

        var disposing = env.Connection.DisposeAsync();
        (await peer.AnswerReportAsync()).Should().Be("""{"a":2}""", "closing does not wait for the report interval");

        (await peer.ReceiveAsync()).Should().BeOfType<DisconnectPacket>();
        (await peer.ReceiveAsync()).Should().BeNull();
        await disposing;
        env.Connection.State.Should().Be(ConnectionState.Stopped);
        await env.Handler.NextStatusAsync(s => s.State == ConnectionState.Stopped);
    }

    [Fact]
    public async Task DisposeAsync_CallsUnderWay_EndThem()
    {
        await using var env = new TestEnvironment();
        await env.StartAsync();
        var send = env.Connection.SendAsync(Hello, default);
        var get = env.Connection.GetTwinAsync(default);
        env.Connection.Report(new JsonObject { ["a"] = 1 });
        var flush = env.Connection.FlushReportsAsync(default);

        await env.AdvanceUntilAsync(env.Connection.DisposeAsync().AsTask(), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

        foreach (var call in new[] { send, get, flush })
        {
            (await call.Invoking(c => c).Should().ThrowAsync<HubException>()).Which.Failure.Should().Be(HubFailure.Unreachable);
        }

        var late = () => env.Connection.SendAsync(Hello, default);
        await late.Should().ThrowAsync<ObjectDisposedException>();
        env.Connection.Invoking(c => c.Report([])).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public async Task DisposeAsync_HandlerHangs_IsBounded()
    {
        await using var env = new TestEnvironment();
        var entered = new TaskCompletionSource();
        env.Handler.OnMessage = async _ =>
        {
            entered.SetResult();
            await new TaskCompletionSource().Task;
        };
        var peer = await env.StartAsync();
        await peer.PublishAsync(new CloudToDeviceTopic("mcu-07", Hello.Properties), "hi", packetId: 9);
        await entered.Task.WaitAsync(TestEnvironment.Patience);

        var moved = await env.AdvanceUntilAsync(env.Connection.DisposeAsync().AsTask(), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

        moved.Should().BeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task DisposeAsync_WhileConnecting_Ends()
    {
        await using var env = new TestEnvironment();
        env.Hub.Hangs = true;
        env.Connection.Start(env.Handler);

        await env.Connection.DisposeAsync().AsTask().WaitAsync(TestEnvironment.Patience);

        env.Connection.State.Should().Be(ConnectionState.Stopped);
    }

    [Fact]
    public async Task DisposeAsync_NeverStarted_Ends()
    {
        await using var env = new TestEnvironment();

        await env.Connection.DisposeAsync().AsTask().WaitAsync(TestEnvironment.Patience);

        env.Connection.Invoking(c => c.Start(env.Handler)).Should().Throw<ObjectDisposedException>();
    }
}
