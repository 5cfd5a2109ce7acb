using EdgeGateway.Module.Methods.Pausing;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Methods.Pausing;

public sealed class PauseUpdatesTests
{
    [Fact]
    public async Task PauseUpdates_One_HoldsItsOrdersAndShowsIt()
    {
        await using var bench = await MethodBench.StartAsync();
        foreach (var workflow in bench.Workflows.Values)
        {
            workflow.Observer.OnStatus(new() { Id = workflow.Id });
        }

        (await bench.CallAsync("PauseUpdates", """{ "ids": [ "mcu-1" ] }""")).Status.Should().Be(200);
        await bench.Connections["mcu-1"].SendTwinAsync("{}", 2);
        await bench.Connections["mcu-2"].SendTwinAsync("{}", 2);
        bench.Time.Advance(TimeSpan.FromSeconds(1));

        bench.Workflows["mcu-1"].Twins.Should().BeEmpty();
        bench.Workflows["mcu-2"].Twins.Should().ContainSingle();
        bench.Connections["mcu-1"].Reported["gateway"]!["paused"]!.GetValue<bool>().Should().BeTrue();

        await bench.CallAsync("ResumeUpdates", """{ "ids": [ "mcu-1" ] }""");
        bench.Workflows["mcu-1"].Twins.Should().ContainSingle();
    }

    [Fact]
    public async Task PauseUpdates_Restart_StillHolds()
    {
        using var folder = new TempFolder();
        await using (var before = await MethodBench.StartAsync(folder))
        {
            await before.CallAsync("PauseUpdates");
        }

        await using var bench = await MethodBench.StartAsync(folder);
        await bench.Connections["mcu-1"].SendTwinAsync("{}", 2);

        bench.Workflows["mcu-1"].Twins.Should().BeEmpty();
        (await bench.CallAsync("ResumeUpdates", """{ "ids": [ "mcu-2" ] }""")).Payload!.ToJsonString()
            .Should().Be("""{"all":false,"ids":["mcu-1"],"bySettings":false}""");
    }

    [Fact]
    public async Task Start_FileBroken_HoldsEverything()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File(PauseFile.FileName), "{ broken");
        await using var bench = await MethodBench.StartAsync(folder);
        await bench.Connections["mcu-1"].SendTwinAsync("{}", 2);

        bench.Workflows["mcu-1"].Twins.Should().BeEmpty();
        await bench.CallAsync("ResumeUpdates");
        bench.Workflows["mcu-1"].Twins.Should().ContainSingle();
    }

    [Fact]
    public async Task PauseUpdates_CannotBeKept_Is500AndNothingChanged()
    {
        await using var bench = await MethodBench.StartAsync();
        Directory.CreateDirectory(bench.Folder.File(PauseFile.FileName)); // a folder in the place of the file

        (await bench.CallAsync("PauseUpdates")).Status.Should().Be(500);
        await bench.Connections["mcu-1"].SendTwinAsync("{}", 2);

        bench.Workflows["mcu-1"].Twins.Should().ContainSingle();
    }

    [Fact]
    public async Task ResumeUpdates_HeldBySettings_Is409()
    {
        await using var bench = await MethodBench.StartAsync();
        await bench.Connections["edge/gateway"].SendTwinAsync("""{ "settings": { "module": { "paused": true } } }""", 5);

        (await bench.CallAsync("ResumeUpdates")).Status.Should().Be(409);
    }

    [Fact]
    public async Task PauseUpdates_Stranger_Is404AndHoldsNobody()
    {
        await using var bench = await MethodBench.StartAsync();

        var answer = await bench.CallAsync("PauseUpdates", """{ "ids": [ "mcu-1", "mcu-9" ] }""");

        (answer.Status, answer.Payload!["field"]!.GetValue<string>()).Should().Be((404, "ids"));
        await bench.Connections["mcu-1"].SendTwinAsync("{}", 2);
        bench.Workflows["mcu-1"].Twins.Should().ContainSingle();
    }
}
