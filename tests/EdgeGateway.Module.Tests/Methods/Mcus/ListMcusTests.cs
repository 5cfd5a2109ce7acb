namespace EdgeGateway.Module.Tests.Methods.Mcus;

public sealed class ListMcusTests
{
    [Fact]
    public async Task ListMcus_Pages_ShowEachOnce()
    {
        await using var bench = await MethodBench.StartAsync(mcus: 5);
        var ids = new List<string>();
        string? after = null;
        do
        {
            var page = await bench.CallAsync("ListMcus", after is null ? """{ "limit": 2 }""" : $$"""{ "limit": 2, "after": "{{after}}" }""");
            ids.AddRange(page.Payload!["mcus"]!.AsArray().Select(m => m!["id"]!.GetValue<string>()));
            after = page.Payload["next"]?.GetValue<string>();
        }
        while (after is not null);

        ids.Should().Equal("mcu-1", "mcu-2", "mcu-3", "mcu-4", "mcu-5");
    }

    [Fact]
    public async Task ListMcus_LongestPage_Fits()
    {
        await using var bench = await MethodBench.StartAsync(mcus: 200);

        var answer = await bench.CallAsync("ListMcus", """{ "limit": 200 }""");

        answer.Status.Should().Be(200);
        answer.Payload!["mcus"]!.AsArray().Should().HaveCount(200);
    }

    [Fact]
    public async Task GetMcu_Unknown_Is404AndListsTheKnown()
    {
        await using var bench = await MethodBench.StartAsync();

        var answer = await bench.CallAsync("GetMcu", """{ "id": "mcu-9" }""");

        answer.Status.Should().Be(404);
        answer.Payload!["known"]!.ToJsonString().Should().Be("""["mcu-1","mcu-2"]""");
    }
}
