using EdgeGateway.Firmware.Workflow.Commands;

namespace EdgeGateway.Module.Tests.Methods.Updates;

public sealed class UpdateOrderTests
{
    [Theory]
    [InlineData("CancelUpdate", "Cancel")]
    [InlineData("RetryUpdate", "Retry")]
    public async Task Order_Accepted_Is202AndReachesOnlyTheOneNamed(string method, string order)
    {
        await using var bench = await MethodBench.StartAsync();

        var answer = await bench.CallAsync(method, """{ "id": "mcu-2" }""");

        answer.Status.Should().Be(202);
        bench.Workflows["mcu-2"].Orders.Should().Equal(order);
        bench.Workflows["mcu-1"].Orders.Should().BeEmpty();
    }

    [Theory]
    [InlineData(CommandOutcome.NothingToDo, 409)]
    [InlineData(CommandOutcome.WrongState, 409)]
    [InlineData(CommandOutcome.Failed, 500)]
    public async Task Order_NotTaken_SaysWhy(CommandOutcome outcome, int status)
    {
        await using var bench = await MethodBench.StartAsync();
        bench.Workflows["mcu-1"].OnOrder = (_, _) => Task.FromResult(new CommandResult(outcome, "because", "w-1"));

        var answer = await bench.CallAsync("CancelUpdate", """{ "id": "mcu-1" }""");

        answer.Status.Should().Be(status);
        answer.Payload!["error"]!.GetValue<string>().Should().Be("because");
        answer.Payload["workflowId"]!.GetValue<string>().Should().Be("w-1");
    }

    [Fact]
    public async Task RetryUpdate_Paused_Is409AndOrdersNothing()
    {
        await using var bench = await MethodBench.StartAsync();
        await bench.CallAsync("PauseUpdates", """{ "ids": [ "mcu-1" ] }""");

        (await bench.CallAsync("RetryUpdate", """{ "id": "mcu-1" }""")).Status.Should().Be(409);
        bench.Workflows["mcu-1"].Orders.Should().BeEmpty();
    }
}
