using System.Text.Json.Nodes;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Methods;

public sealed class MethodInvokerTests
{
    [Fact]
    public async Task Invoke_DeviceAnswers_GivesStatusAndPayload()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await ConnectAsync(environment);

        var call = Invoke(environment, Call("abort", payload: new JsonObject { ["why"] = "test" }));
        var (topic, payload) = await ReceiveRequestAsync(client);
        await client.SendAsync(new PublishPacket(new MethodResponseTopic(202, topic.RequestId).ToString(), """{"id":7}"""u8.ToArray()));

        topic.Method.Should().Be("abort");
        payload!.ToJsonString().Should().Be("""{"why":"test"}""");
        var answer = await call;
        answer.Status.Should().Be(202);
        answer.Payload!.ToJsonString().Should().Be("""{"id":7}""");
        environment.Device.Statistics.MethodCalls.Should().Be(1);
    }

    [Fact]
    public async Task Invoke_TwoAtOnce_AnswersAreToldApart()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await ConnectAsync(environment);

        var first = Invoke(environment, Call("one"));
        var (one, _) = await ReceiveRequestAsync(client);
        var second = Invoke(environment, Call("two"));
        var (two, _) = await ReceiveRequestAsync(client);
        await client.SendAsync(new PublishPacket(new MethodResponseTopic(2, two.RequestId).ToString(), default));
        await client.SendAsync(new PublishPacket(new MethodResponseTopic(1, one.RequestId).ToString(), default));

        (await first).Status.Should().Be(1);
        (await second).Should().Be(new MethodResult(2, null));
    }

    [Fact]
    public async Task Invoke_NotConnected_IsDeviceNotOnline()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ShouldFailAsync(Invoke(environment, Call("x")), HubError.DeviceNotOnline);
    }

    [Fact]
    public async Task Invoke_NotSubscribed_IsDeviceNotOnline()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        await ShouldFailAsync(Invoke(environment, Call("x")), HubError.DeviceNotOnline);
    }

    [Fact]
    public async Task Invoke_ConnectsInTime_IsCalled()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var call = Invoke(environment, Call("late", connectSeconds: 10));
        call.IsCompleted.Should().BeFalse();

        await using var client = await ConnectAsync(environment);
        var (topic, _) = await ReceiveRequestAsync(client);
        await client.SendAsync(new PublishPacket(new MethodResponseTopic(200, topic.RequestId).ToString(), default));

        (await call).Status.Should().Be(200);
    }

    [Fact]
    public async Task Invoke_ConnectsTooLate_IsDeviceNotOnline()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var call = Invoke(environment, Call("late", connectSeconds: 10));

        environment.Time.Advance(TimeSpan.FromSeconds(10));

        await ShouldFailAsync(call, HubError.DeviceNotOnline);
    }

    [Fact]
    public async Task Invoke_NoAnswer_IsGatewayTimeoutAndLateAnswerIsIgnored()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await ConnectAsync(environment);
        var call = Invoke(environment, Call("slow", responseSeconds: 5));
        var (topic, _) = await ReceiveRequestAsync(client);

        environment.Time.Advance(TimeSpan.FromSeconds(5));

        await ShouldFailAsync(call, HubError.GatewayTimeout);
        await client.SendAsync(new PublishPacket(new MethodResponseTopic(200, topic.RequestId).ToString(), default));
        await client.PingAsync();
    }

    [Fact]
    public async Task Invoke_ConnectionEnds_IsGatewayTimeout()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await ConnectAsync(environment);
        var call = Invoke(environment, Call("x"));
        await ReceiveRequestAsync(client);

        environment.Hub.Sessions.Drop(environment.Device.Name);

        await ShouldFailAsync(call, HubError.GatewayTimeout);
    }

    [Fact]
    public async Task Answer_NotJson_Drops()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await ConnectAsync(environment);

        await client.SendAsync(new PublishPacket(new MethodResponseTopic(200, "1").ToString(), "oops"u8.ToArray()));

        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData("", 30, 0)]
    [InlineData("a b", 30, 0)]
    [InlineData("x", 4, 0)]
    [InlineData("x", 301, 0)]
    [InlineData("x", 30, 301)]
    [InlineData("x", 30, -1)]
    public async Task Invoke_BadCall_IsArgumentInvalid(string name, int responseSeconds, int connectSeconds)
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ShouldFailAsync(Invoke(environment, Call(name, responseSeconds, connectSeconds)), HubError.ArgumentInvalid);
    }

    [Fact]
    public async Task Invoke_PayloadTooLarge_Is413()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var payload = JsonValue.Create(new string('x', MethodInvoker.MaxPayloadBytes));

        await ShouldFailAsync(Invoke(environment, Call("x", payload: payload)), HubError.TooLarge);
    }

    [Fact]
    public async Task Invoke_UnknownDevice_Is404()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ShouldFailAsync(
            environment.Hub.Methods.InvokeAsync(new IdentityName("absent"), Call("x"), default), HubError.DeviceNotFound);
    }

    private static MethodCall Call(string name, int responseSeconds = 30, int connectSeconds = 0, JsonNode? payload = null) =>
        new(name, payload, TimeSpan.FromSeconds(responseSeconds), TimeSpan.FromSeconds(connectSeconds));

    private static Task<MethodResult> Invoke(HubEnvironment environment, MethodCall call) =>
        environment.Hub.Methods.InvokeAsync(environment.Device.Name, call, default).WaitAsync(TestLimits.Wait);

    private static async Task<RawClient> ConnectAsync(HubEnvironment environment)
    {
        var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(HubFilters.Methods);
        return client;
    }

    private static async Task<(MethodRequestTopic Topic, JsonNode? Payload)> ReceiveRequestAsync(RawClient client)
    {
        var packet = await client.ReceiveAsync<PublishPacket>();
        return (HubTopic.Parse(packet.Topic).Should().BeOfType<MethodRequestTopic>().Subject, JsonNode.Parse(packet.Payload.Span));
    }

    private static async Task ShouldFailAsync(Task<MethodResult> call, HubError error) =>
        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<HubRequestException>()).Which.Error.Should().Be(error);
}
