using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Edge;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Simulators.IotHub.Tests.Edge;

/// <summary>Tests an edge hub while the hub above cannot be reached, and afterwards.</summary>
public sealed class EdgeHubOfflineTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Twin_NeverSeenAndCut_IsEmptyWithoutVersion()
    {
        await using var site = await EdgeSite.StartAsync();
        var device = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        device.Twin.PatchDesired(new JsonObject { ["a"] = 1 });
        (await site.LoginAsync(site.Bottom, device)).Should().NotBeNull(); // its identity is known from now on
        site.Bottom.Switches.UpstreamCut = true;
        site.Bottom.Registry.Delete(device.Name, null);
        site.Bottom.Registry.Put(device.Name, device.Record); // known, its twin never seen

        await using var client = await site.LoginAsync(site.Bottom, device);
        var (status, body) = await site.RunAsync(client.GetTwinAsync());

        (status.Status, body!.ToJsonString()).Should().Be((200, """{"desired":{},"reported":{}}"""));
    }

    [Fact]
    public async Task Twin_SeenAndCut_IsTheCopy()
    {
        await using var site = await EdgeSite.StartAsync();
        var device = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        device.Twin.PatchDesired(new JsonObject { ["a"] = 1 });
        await using var client = await site.LoginAsync(site.Bottom, device);
        await site.RunAsync(client.GetTwinAsync());
        site.Bottom.Switches.UpstreamCut = true;
        device.Twin.PatchDesired(new JsonObject { ["a"] = 2 });

        var (report, _) = await client.ReportAsync("""{"state":"cut"}""");
        var (_, body) = await site.RunAsync(client.GetTwinAsync());

        (report.Status, report.Version).Should().Be((204, null));
        body!.ToJsonString().Should().Be("""{"desired":{"a":1,"$version":2},"reported":{"state":"cut","$version":1}}""");
        device.Twin.Reported.Should().BeEmpty();

        site.Bottom.Switches.UpstreamCut = false;
        await site.RunAsync(device.WhenTwinAsync(d => d.Twin.Reported["state"]?.GetValue<string>() == "cut"));
    }

    [Fact]
    public async Task Restart_WithoutHub_ServesFromDiskAndDeliversLater()
    {
        await using var site = await EdgeSite.StartAsync();
        var device = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        device.Twin.PatchDesired(new JsonObject { ["a"] = 1 });
        await using (var client = await site.LoginAsync(site.Bottom, device))
        {
            await site.RunAsync(client.GetTwinAsync());
            site.Bottom.Switches.UpstreamCut = true;
            await client.ReportAsync("""{"state":"before"}""");
        }

        await site.StopEdgeAsync(0);
        site.Hub.Switches.Offline = true;
        await site.StartEdgeAsync(0);
        await using (var client = await site.LoginAsync(site.Bottom, device))
        {
            var (_, body) = await site.RunAsync(client.GetTwinAsync());
            body!.ToJsonString().Should().Be("""{"desired":{"a":1,"$version":2},"reported":{"state":"before","$version":1}}""");
            await client.ReportAsync("""{"count":2}""");
        }

        site.Hub.Switches.Offline = false;

        await site.RunAsync(device.WhenTwinAsync(d => d.Twin.Reported.ToJsonString() == """{"state":"before","count":2}"""));
    }

    [Fact]
    public async Task ReportsAndMessages_UpstreamCutAtRandom_ArriveInOrderAndAreNotLost()
    {
        var random = new Random(Seed.Take(output));
        const int Count = 60;
        await using var site = await EdgeSite.StartAsync(2);
        var device = site.Hub.Registry.CreateDevice("mcu-1", parent: site.BottomDevice);
        var seen = new List<int>();
        device.Twin.Changed += () =>
        {
            if (device.Twin.Reported["n"] is { } n)
            {
                lock (seen)
                {
                    seen.Add(n.GetValue<int>());
                }
            }
        };
        var handler = new RecordingHandler();
        var client = site.Connect(site.Bottom, device);
        client.Start(handler);
        await site.RunAsync(handler.NextTwinAsync(_ => true));
        using var limit = new CancellationTokenSource(TestLimits.Wait);

        for (var i = 1; i <= Count; i++)
        {
            var cut = random.Next(4) == 0 ? site.Edges[random.Next(2)]! : null;
            if (cut is not null)
            {
                cut.Switches.UpstreamCut = !cut.Switches.UpstreamCut;
            }

            client.Report(new JsonObject { ["n"] = i, [$"k{i % 7}"] = i % 3 == 0 ? null : new JsonObject { ["v"] = i } });
            var message = new DeviceMessage(Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)), new Dictionary<string, string>());
            await client.SendAsync(message, limit.Token);
            site.Time.Advance(TimeSpan.FromSeconds(1)); // long enough for one attempt to reconnect, and much shorter than any timeout
        }

        site.Edges.ForEach(e => e!.Switches.UpstreamCut = false);

        await site.RunAsync(device.WhenTwinAsync(d => d.Twin.Reported["n"]?.GetValue<int>() == Count));
        var messages = (await site.RunAsync(site.Hub.Telemetry.TakeAsync(taken => Number(taken[^1]) == Count))).Select(Number).ToList();
        messages.Distinct().Should().BeInAscendingOrder().And.HaveCount(Count);
        lock (seen)
        {
            seen.Should().BeInAscendingOrder("a report must not undo a later one");
        }

        var expected = new JsonObject { ["n"] = Count };
        for (var i = Count - 6; i <= Count; i++)
        {
            if (i % 3 != 0)
            {
                expected[$"k{i % 7}"] = new JsonObject { ["v"] = i };
            }
        }

        JsonNode.DeepEquals(device.Twin.Reported, expected).Should().BeTrue("reported is {0}", device.Twin.Reported);
    }

    private static int Number(TelemetryMessage message) =>
        int.Parse(Encoding.UTF8.GetString(message.Body.Span), CultureInfo.InvariantCulture);
}
