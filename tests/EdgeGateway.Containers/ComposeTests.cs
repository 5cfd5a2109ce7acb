using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using EdgeGateway.Containers.Engine;
using EdgeGateway.Containers.Site;

namespace EdgeGateway.Containers;

/// <summary>docker-compose.yml and the demo on it.</summary>
[Collection(ContainerTests.Name)]
public sealed class ComposeTests(EngineFixture engine)
{
    private static readonly string[] Services = ["gateway", "hub", "mcus", "origin", "set-up"];

    [ComposeFact]
    public async Task Demo_FromNothing_UpdatesEightAndLeavesNothing()
    {
        await using var project = new ComposeProject(engine, mcus: 8);

        var report = await project.DemoAsync("--compose", "--mcus", "8");

        States(report).Should().Equal(Enumerable.Repeat("succeeded", 8));
        report.GetProperty("originBytes").GetInt64().Should().Be(report.GetProperty("imageBytes").GetInt64());
        report.GetProperty("gateway").GetProperty("cpuSeconds").GetDouble().Should().BePositive();
        (await project.ContainersAsync()).Should().BeEmpty();
    }

    [ComposeFact]
    public async Task Up_PublishesOnLoopbackOnly_AndTheDemoTakesWhatRuns()
    {
        await using var project = new ComposeProject(engine, mcus: 2);

        await project.ComposeAsync("up", "--build", "--detach");

        var containers = await project.ContainersAsync();
        containers.Select(c => (string?)c["Labels"]!["com.docker.compose.service"]).Should().BeEquivalentTo(Services);
        var published = containers.SelectMany(c => c["Ports"]!.AsArray()).Where(port => port!["PublicPort"] is not null).ToList();
        published.Select(port => ((string)port!["IP"]!, (int)port["PrivatePort"]!))
            .Should().BeEquivalentTo([("127.0.0.1", 8443), ("127.0.0.1", 8080), ("127.0.0.1", 7000), ("127.0.0.1", 9600)]);
        var others = containers.SelectMany(c => c["NetworkSettings"]!["Networks"]!.AsObject()).Select(network => (string)network.Value!["Gateway"]!);
        var host = IPAddress.Parse(others.First(address => address.Length > 0));
        foreach (var port in published)
        {
            (await AnswersAsync(IPAddress.Loopback, (int)port!["PublicPort"]!)).Should().BeTrue();
            (await AnswersAsync(host, (int)port["PublicPort"]!)).Should().BeFalse("{0} is an address of this machine too", host);
        }

        States(await project.DemoAsync("--compose")).Should().Equal("succeeded", "succeeded");
        (await project.ContainersAsync()).Should().HaveCount(Services.Length, "the demo leaves what it has not started");
    }

    private static IEnumerable<string?> States(JsonElement report) =>
        report.GetProperty("mcus").EnumerateArray().Select(mcu => mcu.GetProperty("state").GetString());

    private static async Task<bool> AnswersAsync(IPAddress address, int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port)).WaitAsync(Poll.Patience);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }
}
