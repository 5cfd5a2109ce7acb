using System.Text.Json.Nodes;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Edge;

/// <summary>Tests which clients an edge hub accepts, and how it passes on what the hub above sends to them.</summary>
public sealed class EdgeHubClientsTests
{
    [Fact]
    public async Task Connect_OneClientTooMany_IsRefusedAsUnavailable()
    {
        await using var site = await EdgeSite.StartAsync(1, o => o with { MaxClients = 2 });
        var devices = Enumerable.Range(1, 3).Select(i => site.Hub.Registry.CreateDevice($"mcu-{i}", parent: site.BottomDevice)).ToList();
        await using var first = await site.LoginAsync(site.Bottom, devices[0]);
        await using var second = await site.LoginAsync(site.Bottom, devices[1]);
        await using var third = await site.OpenAsync(site.Bottom);

        (await third.LoginAsync(devices[2])).Should().Be(ConnectReturnCode.ServerUnavailable);
        await third.ExpectClosedAsync();

        await using var again = await site.LoginAsync(site.Bottom, devices[1]); // takes the place of its own session
        await second.ExpectClosedAsync();
    }

    [Fact]
    public async Task Connect_CreatedAfterItsFirstConnect_IsRefusedForTheDelay()
    {
        await using var site = await EdgeSite.StartAsync(1, o => o with { ScopeRefreshDelay = TimeSpan.FromHours(1) });
        var unregistered = new HubIdentity(new IdentityName("mcu-1"), site.BottomDevice.Record, site.BottomDevice.Twin, site.Time);
        await using (var early = await site.OpenAsync(site.Bottom))
        {
            (await early.LoginAsync(unregistered)).Should().Be(ConnectReturnCode.NotAuthorized);
        }

        var device = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        await using var client = await site.OpenAsync(site.Bottom);

        (await client.LoginAsync(device)).Should().Be(ConnectReturnCode.NotAuthorized);
    }

    [Fact]
    public async Task Connect_NewKeys_AreFetchedOnce()
    {
        await using var site = await EdgeSite.StartAsync(1, o => o with { ScopeRefreshDelay = TimeSpan.Zero });
        var device = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        await using var before = await site.LoginAsync(site.Bottom, device);
        site.Hub.Registry.Update(device.Name, new IdentityChange(PrimaryKey: SymmetricKey.New()), null);

        await using var after = await site.LoginAsync(site.Bottom, device);

        await before.ExpectClosedAsync();
    }

    [Fact]
    public async Task Connect_ChildOfAnotherEdgeDevice_IsNotAuthorized()
    {
        await using var site = await EdgeSite.StartAsync(2);
        var below = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        var free = site.Hub.Registry.CreateDevice("mcu-2");

        foreach (var (edge, device) in new[] { (site.Edges[0]!, below), (site.Bottom, free) })
        {
            await using var client = await site.OpenAsync(edge);
            (await client.LoginAsync(device)).Should().Be(ConnectReturnCode.NotAuthorized);
        }
    }

    [Fact]
    public async Task Connect_ModuleOfTheEdgeDevice_SpeaksAsItself()
    {
        await using var site = await EdgeSite.StartAsync(2);
        var module = site.Hub.Registry.CreateModule(site.BottomDevice.Name.DeviceId, "gateway");
        await using var client = await site.LoginAsync(site.Bottom, module);

        (await client.ReportAsync("""{"up":true}""")).Status.Status.Should().Be(204);

        await site.RunAsync(module.WhenTwinAsync(m => m.Twin.Reported.ContainsKey("up")));
    }

    [Theory]
    [InlineData("""{"a.b":1}""", 400)]
    [InlineData("""{"a":[null]}""", 400)]
    public async Task Report_AgainstTheRules_IsRefusedHere(string patch, int status)
    {
        await using var site = await EdgeSite.StartAsync();
        var device = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        await using var client = await site.LoginAsync(site.Bottom, device);

        (await client.ReportAsync(patch)).Status.Status.Should().Be(status);
        site.Bottom.EdgeHub!.Waiting.Reports.Should().Be(0);
    }

    [Fact]
    public async Task Method_ClientNotSubscribed_Is404AfterTheTimeout()
    {
        await using var site = await EdgeSite.StartAsync(1, o => o with { MethodConnectTimeout = TimeSpan.FromSeconds(1) });
        var device = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        await using var client = await site.LoginAsync(site.Bottom, device);
        var call = new MethodCall("ping", null, MethodInvoker.DefaultResponseTimeout, TimeSpan.FromSeconds(20));

        var answer = await site.RunAsync(site.Hub.Methods.InvokeAsync(device.Name, call, CancellationToken.None));

        answer.Status.Should().Be(404);
        answer.Payload!.GetValue<string>().Should().StartWith(HubError.DeviceNotOnline.Code);
    }

    [Fact]
    public async Task Message_ClientSubscribesLater_IsDeliveredThen()
    {
        await using var site = await EdgeSite.StartAsync();
        var device = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        await using var client = await site.LoginAsync(site.Bottom, device);
        await site.RunAsync(site.Hub.Sessions.WaitUntilAsync(s => s.Find(device.Name) is { AcceptsMessages: true }).WaitAsync(TestLimits.Wait));
        device.CloudToDeviceMessages.Add("hello"u8.ToArray(), new Dictionary<string, string>());

        (await client.SubscribeAsync(HubFilters.CloudToDevice("mcu-1"))).Should().Be(1);
        var message = await site.RunAsync(client.ReceiveAsync<PublishPacket>());
        await site.RunAsync(device.CloudToDeviceMessages.CompletedAsync(() => _ = client.SendAsync(new PubAckPacket(message.PacketId))));

        message.Payload.ToArray().Should().Equal("hello"u8.ToArray());
    }

    [Fact]
    public async Task Desired_ChangedAbove_IsPushedWithItsVersion()
    {
        await using var site = await EdgeSite.StartAsync(2);
        var device = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        device.Twin.PatchDesired(new JsonObject { ["a"] = 1, ["b"] = 1 });
        await using var client = await site.LoginAsync(site.Bottom, device);
        await site.RunAsync(client.GetTwinAsync());
        await client.SubscribeAsync(HubFilters.DesiredPatches);

        device.Twin.PatchDesired(new JsonObject { ["a"] = 2 });

        var push = await site.RunAsync(client.ReceiveAsync<PublishPacket>());
        HubTopic.Parse(push.Topic).Should().Be(new DesiredPatchTopic(3));
        JsonNode.Parse(push.Payload.Span)!.ToJsonString().Should().Be("""{"a":2,"$version":3}""");
    }
}
