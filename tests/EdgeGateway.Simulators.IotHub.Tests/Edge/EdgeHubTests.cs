using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Edge;

public sealed class EdgeHubTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Leaf_BehindLayers_DoesAllThatADeviceDoes(int layers)
    {
        await using var site = await EdgeSite.StartAsync(layers);
        var device = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        device.Twin.PatchDesired(new JsonObject { ["a"] = 1 });
        var handler = new RecordingHandler();
        var client = site.Connect(site.Bottom, device);
        using var limit = new CancellationTokenSource(TestLimits.Wait);

        client.Start(handler);
        (await site.RunAsync(handler.NextTwinAsync(t => t.DesiredVersion == 2))).Desired["a"]!.GetValue<int>().Should().Be(1);

        client.Report(new JsonObject { ["state"] = "ready" });
        await site.RunAsync(device.WhenTwinAsync(d => d.Twin.Reported["state"]?.GetValue<string>() == "ready"));

        device.Twin.PatchDesired(new JsonObject { ["a"] = 2 });
        (await site.RunAsync(handler.NextTwinAsync(t => t.DesiredVersion == 3))).Desired["a"]!.GetValue<int>().Should().Be(2);

        await site.RunAsync(client.SendAsync(new DeviceMessage("hot"u8.ToArray(), new Dictionary<string, string> { ["$.ct"] = "text/plain" }), limit.Token));
        var telemetry = (await site.RunAsync(site.Hub.Telemetry.TakeAsync(taken => taken.Count == 1))).Single();
        telemetry.Sender.Should().Be(device.Name);
        telemetry.Properties.Should().Contain("$.ct", "text/plain");

        var call = new MethodCall("ping", JsonValue.Create(5), MethodInvoker.DefaultResponseTimeout, TimeSpan.FromSeconds(30));
        var answer = await site.RunAsync(site.Hub.Methods.InvokeAsync(device.Name, call, limit.Token));
        (answer.Status, answer.Payload!.ToJsonString()).Should().Be((200, "\"ping 5\""));

        await site.RunAsync(device.CloudToDeviceMessages.CompletedAsync(() => device.CloudToDeviceMessages.Add("hello"u8.ToArray(), new Dictionary<string, string>())));
        (await handler.Messages.Reader.ReadAsync(limit.Token)).Should().Be("hello");
    }
}
