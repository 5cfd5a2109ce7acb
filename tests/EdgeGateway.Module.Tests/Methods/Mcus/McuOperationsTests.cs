using EdgeGateway.Firmware.Workflow.Commands;
using EdgeGateway.Module.Methods.Mcus;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Module.Tests.Methods.Mcus;

public sealed class McuOperationsTests
{
    [Fact]
    public async Task Reboot_Done_IsAnsweredAndShownInTheTwin()
    {
        await using var bench = await MethodBench.StartAsync();
        bench.Workflows["mcu-1"].Observer.OnStatus(new() { Id = bench.Workflows["mcu-1"].Id });

        var answer = await bench.CallAsync("reboot", null, "mcu-1");
        bench.Time.Advance(TimeSpan.FromSeconds(1));

        answer.Status.Should().Be(200);
        answer.Payload!["state"]!.GetValue<string>().Should().Be("Succeeded");
        bench.Workflows["mcu-1"].Orders.Should().Equal("Reboot");
        bench.Connections["mcu-1"].Reported["gateway"]!["operation"]!["operationId"]!.GetValue<string>()
            .Should().Be(answer.Payload["operationId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Reboot_BusTaken_Is202ThenItsEndIsInTheTwin()
    {
        await using var bench = await MethodBench.StartAsync();
        var workflow = bench.Workflows["mcu-1"];
        var free = new TaskCompletionSource<CommandResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        workflow.OnOrder = (_, _) => free.Task; // not its token: the clock may be far ahead on a busy machine
        workflow.Observer.OnStatus(new() { Id = workflow.Id });

        var calling = bench.CallAsync("reboot", null, "mcu-1");
        await bench.Time.WaitForTimerAsync(McuOperations.Prompt);
        bench.Time.Advance(McuOperations.Prompt);

        (await calling.WaitAsync(Patience.Limit)).Status.Should().Be(202);
        (await bench.CallAsync("identify", null, "mcu-1")).Status.Should().Be(409, "one at a time");
        free.SetResult(new CommandResult(CommandOutcome.Accepted, "it restarts"));
        var begun = TimeProvider.System.GetTimestamp();
        while (bench.Connections["mcu-1"].Reported["gateway"]?["operation"]?["state"]?.GetValue<string>() != "Succeeded")
        {
            TimeProvider.System.GetElapsedTime(begun).Should().BeLessThan(Patience.Limit);
            bench.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Reboot_UpdateOnTheLine_Is409()
    {
        await using var bench = await MethodBench.StartAsync();
        bench.Workflows["mcu-1"].OnOrder = (_, _) => Task.FromResult(new CommandResult(CommandOutcome.WrongState, "an update is being brought to it"));

        var answer = await bench.CallAsync("reboot", null, "mcu-1");

        answer.Status.Should().Be(409);
        answer.Payload!["error"]!.GetValue<string>().Should().Be("an update is being brought to it");
    }

    [Theory]
    [InlineData(McuFailure.NotSupported, 501)]
    [InlineData(McuFailure.Refused, 409)]
    [InlineData(McuFailure.Silent, 502)]
    public async Task Identify_McuFails_SaysHow(McuFailure failure, int status)
    {
        await using var bench = await MethodBench.StartAsync();
        bench.Workflows["mcu-1"].OnOrder = (_, _) => throw new McuException(failure, "no");

        (await bench.CallAsync("identify", null, "mcu-1")).Status.Should().Be(status);
    }

    [Fact]
    public async Task Identify_LineFails_Is502()
    {
        await using var bench = await MethodBench.StartAsync();
        bench.Workflows["mcu-1"].OnOrder = (_, _) => throw new LinkException(LinkFailure.Missing, "no such port");

        (await bench.CallAsync("identify", null, "mcu-1")).Status.Should().Be(502);
    }

    [Theory]
    [InlineData("{}", "Indicate 10")]
    [InlineData("""{ "seconds": 0 }""", "Indicate 0")]
    [InlineData("""{ "seconds": 3600 }""", "Indicate 3600")]
    public async Task Identify_Seconds_ReachTheMicrocontroller(string payload, string order)
    {
        await using var bench = await MethodBench.StartAsync();

        await bench.CallAsync("identify", payload, "mcu-2");

        bench.Workflows["mcu-2"].Orders.Should().Equal(order);
        bench.Workflows["mcu-1"].Orders.Should().BeEmpty();
    }
}
