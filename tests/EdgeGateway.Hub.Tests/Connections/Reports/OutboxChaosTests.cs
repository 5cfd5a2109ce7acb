using System.Text.Json.Nodes;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Hub.Tests.Connections.Reports;

/// <summary>
/// After any cuts, kills and restarts, the hub learns of the end of each deployment, once and in order, and shows the true state in the end.
/// </summary>
public sealed class OutboxChaosTests(ITestOutputHelper output)
{
    private const int Runs = 6;
    private const int Steps = 120;

    [Fact]
    public async Task Reports_CutsKillsAndRestarts_EachEndArrivesOnceAndInOrder()
    {
        var seed = Seed.Take(output);
        for (var run = 0; run < Runs; run++)
        {
            await RunAsync(new Random(unchecked(seed + run)), $"seed {seed}, run {run}");
        }
    }

    private static async Task RunAsync(Random random, string name)
    {
        using var folder = new TempFolder();
        var hub = new TwinHub();
        await using var life = new GatewayLife(hub, folder.Path, random);
        life.Start();
        hub.NextFate = () => random.Next(10) < 6 ? ReportOutcome.Taken : (ReportOutcome)random.Next(6);
        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(life, hub, random);
            life.Running.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 4000)));
            await TestEnvironment.LetRunAsync();
        }

        hub.NextFate = () => ReportOutcome.Taken;
        hub.IsAway = false;
        var flushed = FlushedAsync(life, hub);
        await life.Running.AdvanceUntilAsync(flushed, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

        Ends(hub).Should().Equal(life.Ended, name);
        JsonNode.DeepEquals(hub.Reported, life.Final).Should().BeTrue($"{name}: {hub.Reported.ToJsonString()} is {life.Final.ToJsonString()}");
    }

    private static async Task StepAsync(GatewayLife life, TwinHub hub, Random random)
    {
        switch (random.Next(20))
        {
            case < 5:
                life.Begin();
                break;
            case < 11:
                life.Progress();
                break;
            case < 14:
                await life.FinishAsync(killed: random.Next(4) == 0);
                break;
            case 14:
                hub.IsAway = !hub.IsAway;
                hub.Cut();
                break;
            case 15:
                hub.Cut();
                break;
            case 16:
                await life.KillAsync();
                break;
            case 17:
                await life.StopAsync();
                break;
        }
    }

    private static async Task FlushedAsync(GatewayLife life, TwinHub hub)
    {
        while (life.Running.Connection.Backlog.OldestAt is not null || hub.IsAway)
        {
            await Task.Yield();
            await Task.Delay(1);
        }
    }

    /// <summary>Ends of deployments that the hub learned of, in order.</summary>
    private static IEnumerable<int> Ends(TwinHub hub) => hub.Taken
        .Select(p => p["agent"] as JsonObject)
        .Where(a => a?["id"] is not null && a["state"]!.GetValue<int>() != 6)
        .Select(a => a!["id"]!.GetValue<int>());
}
