using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Testing;

namespace EdgeGateway.Hub.Tests.Connections.Twins;

/// <summary>The last desired state survives a restart without hub.</summary>
public sealed class RememberedTwinTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TempFolder _folder = new();
    private readonly TwinHub _hub = new() { Desired = new JsonObject { ["order"] = "wf1" }, DesiredVersion = 5 };

    [Fact]
    public async Task Start_HubIsAway_TheLastDesiredStateIsToldOnce()
    {
        await LiveAsync();
        _hub.IsAway = true;
        await using var env = Make();
        env.Connection.Start(env.Handler);

        var twin = await env.Handler.NextTwinAsync();
        await env.AdvanceUntilAsync(Task.Delay(TimeSpan.FromMinutes(5), env.Time), TimeSpan.FromSeconds(10), Hour);

        twin.Should().BeEquivalentTo(new { DesiredVersion = 5L, IsRemembered = true, ReportedVersion = (long?)null });
        twin.Desired["order"]!.GetValue<string>().Should().Be("wf1");
        env.Handler.TwinsWaiting.Should().Be(0, "once is enough");
    }

    [Fact]
    public async Task Start_HubIsThere_OnlyItsTwinIsTold()
    {
        await LiveAsync();
        _hub.DesiredVersion = 6;
        await using var env = Make();
        env.Connection.Start(env.Handler);

        (await env.Handler.NextTwinAsync()).Should().BeEquivalentTo(new { DesiredVersion = 6L, IsRemembered = false });
        env.Handler.TwinsWaiting.Should().Be(0);
    }

    [Fact]
    public async Task Start_HubComesBackLater_ItsTwinFollowsTheRememberedOne()
    {
        await LiveAsync();
        _hub.IsAway = true;
        await using var env = Make();
        env.Connection.Start(env.Handler);
        (await env.Handler.NextTwinAsync()).IsRemembered.Should().BeTrue();

        (_hub.IsAway, _hub.DesiredVersion) = (false, 9);
        var next = env.Handler.NextTwinAsync();
        await env.AdvanceUntilAsync(next, Second, Hour);

        (await next).Should().BeEquivalentTo(new { DesiredVersion = 9L, IsRemembered = false });
    }

    [Fact]
    public async Task Start_GatewayHostServesAnOlderCopy_IsNeverActedOn()
    {
        await LiveAsync();
        _hub.DesiredVersion = 4;
        await using var env = Make("edge01");
        env.Connection.Start(env.Handler);

        var remembered = env.Handler.NextTwinAsync();
        await env.AdvanceUntilAsync(remembered, Second, Hour);
        (await remembered).Should().BeEquivalentTo(new { DesiredVersion = 5L, IsRemembered = true });
        _hub.DesiredVersion = 7;
        var next = env.Handler.NextTwinAsync();
        await env.AdvanceUntilAsync(next, Second, Hour);

        (await next).Should().BeEquivalentTo(new { DesiredVersion = 7L, IsRemembered = false });
    }

    [Fact]
    public async Task Start_HubItselfHasALowerVersion_TheIdentityWasCreatedAnew()
    {
        await LiveAsync();
        _hub.DesiredVersion = 2;
        await using var env = Make();
        env.Connection.Start(env.Handler);

        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"Schema":1,"DesiredVersion":-1,"Desired":{}}""")]
    [InlineData("""{"Schema":9,"DesiredVersion":5,"Desired":{}}""")]
    [InlineData("""{"Schema":1,"DesiredVersion":5,"Desired":{"a":{"b":1,"b":2}}}""")]
    public async Task Start_FileMakesNoSense_IsSetAside(string content)
    {
        await LiveAsync();
        var file = Directory.GetFiles(Path.Combine(_folder.Path, "twins")).Single();
        await File.WriteAllTextAsync(file, content);
        _hub.DesiredVersion = 3;
        await using var env = Make("edge01");
        env.Connection.Start(env.Handler);

        var next = env.Handler.NextTwinAsync();
        await env.AdvanceUntilAsync(next, Second, Hour);
        (await next).DesiredVersion.Should().Be(3);
        Directory.GetFiles(Path.Combine(_folder.Path, "twins"), "*.broken-*").Should().ContainSingle();
    }

    [Fact]
    public async Task Module_OfTheGateway_KeepsNothing()
    {
        await using (var env = Make(identity: new DeviceIdentity("edge", "gateway")))
        {
            env.Connection.Start(env.Handler);
            await env.Handler.NextTwinAsync();
            env.Connection.Report(new JsonObject { ["a"] = 1 });
        }

        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task Twin_ReportsStillWait_AreInTheReportedSectionThatIsTold()
    {
        _hub.NextFate = () => ReportOutcome.LostInSilence;
        await using var env = Make();
        var end = new JsonObject { ["end"] = "wf1" };
        env.Connection.Report(end, new ReportMilestone(end, "wf1"));
        env.Connection.Start(env.Handler);

        (await env.Handler.NextTwinAsync()).Reported.ToJsonString().Should().Be("""{"end":"wf1"}""");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A run that reads the twin and is killed.</summary>
    private async Task LiveAsync()
    {
        await using var env = Make();
        env.Connection.Start(env.Handler);
        await env.Handler.NextTwinAsync();
    }

    private TestEnvironment Make(string? gateway = null, DeviceIdentity? identity = null)
    {
        var env = new TestEnvironment { Transport = _hub, Identity = identity ?? new DeviceIdentity("mcu-07") };
        env.Options.OutboxFolder = _folder.Path;
        env.Options.GatewayHostName = gateway;
        env.Options.KeepAlive = TimeSpan.FromMinutes(19);
        return env;
    }
}
