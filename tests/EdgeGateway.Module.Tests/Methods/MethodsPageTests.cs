using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Module.Methods;
using EdgeGateway.Module.Methods.Mcus;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeGateway.Module.Tests.Methods;

/// <summary>docs/direct-methods.md compared with the code.</summary>
public sealed class MethodsPageTests
{
    private static readonly McuFacts Facts = new()
    {
        Vendor = "Contoso", Model = "MCU-A", HardwareRevision = "r1", SerialNumber = "SN1", RunningVersion = "1.0", RunningDigest = Sha256Digest.Of([1]),
        BootState = BootState.Confirmed, SlotSize = 65536,
    };

    private static readonly FinishedUpdate Update = new()
    {
        Order = new WorkflowOrder(WorkflowAction.ProcessDeployment, "w-1", null),
        Outcome = UpdatePhase.Failed,
        At = DateTimeOffset.UnixEpoch,
        BegunAt = DateTimeOffset.UnixEpoch,
        FromVersion = "1.0",
        Attempt = 3,
        Reason = FailureReason.McuRefused,
        Text = "not this version",
        Target = new ImageTarget(new UpdateId("Contoso", "Mcu", "2.0"), Sha256Digest.Of([2]), 1000, "2.0"),
        Transfer = new TransferSummary(0, 1000, 10, 1100, TimeSpan.FromSeconds(1.5)),
    };

    public static TheoryData<string, string?, string> Calls => new()
    {
        { "ListMcus", """{ "limit": 1 }""", "edge/gateway" },
        { "ListMcus", """{ "after": "mcu-1" }""", "edge/gateway" },
        { "GetMcu", """{ "id": "mcu-1" }""", "edge/gateway" },
        { "GetMcu", """{ "id": "mcu-2" }""", "edge/gateway" },
        { "CancelUpdate", """{ "id": "mcu-1" }""", "edge/gateway" },
        { "RetryUpdate", """{ "id": "mcu-1" }""", "edge/gateway" },
        { "PauseUpdates", """{ "ids": [ "mcu-1" ] }""", "edge/gateway" },
        { "ResumeUpdates", null, "edge/gateway" },
        { "ScanPorts", null, "edge/gateway" },
        { "GetHistory", """{ "id": "mcu-1" }""", "edge/gateway" },
        { "GetLogs", """{ "schemaVersion": "1.0", "items": [ { "id": "gateway", "filter": { "tail": 5 } } ] }""", "edge/gateway" },
        { "GetLogs", """{ "items": [ { "id": ".*" } ], "encoding": "gzip", "contentType": "json" }""", "edge/gateway" },
        { "PrefetchContent", $$"""{ "files": [ { "sha256": "{{Sha256Digest.Of([3])}}", "sizeInBytes": 3 } ], "days": 1 }""", "edge/gateway" },
        { "GetPrefetch", null, "edge/gateway" },
        { "reboot", "{}", "mcu-1" },
        { "identify", """{ "seconds": 5 }""", "mcu-1" },
    };

    [Fact]
    public async Task Page_MethodsAndArguments_AreThoseOfTheCode()
    {
        await using var bench = await MethodBench.StartAsync();
        var operations = new McuOperations(() => null, _ => { }, new VirtualTime());
        IReadOnlyList<IDirectMethod> code =
            [.. bench.Services.GetRequiredService<ModuleMethods>().Table.Methods, new Reboot(operations), new Identify(operations)];
        var page = MethodsPage.Read();

        page.Keys.Should().BeEquivalentTo(code.Select(m => m.Name));
        foreach (var method in code)
        {
            var documented = page[method.Name].Request["properties"]!.AsObject().Select(p => p.Key);
            documented.Should().BeEquivalentTo(method.Arguments, $"those are the arguments of {method.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Page_Schemas_FitRequestAndResponse(string method, string? payload, string identity)
    {
        await using var bench = await MethodBench.StartAsync();
        bench.Workflows["mcu-1"].Observer.OnStatus(new McuStatus { Id = new McuId("mcu-1"), Facts = Facts, TargetVersion = "2.0" });
        bench.Workflows["mcu-1"].Finished.Add(Update);
        var (request, response) = MethodsPage.Read()[method];

        Schema.Problems(request, JsonNode.Parse(payload ?? "{}")).Should().BeEmpty("the request is as documented");
        var answer = await bench.CallAsync(method, payload, identity);

        answer.Status.Should().BeOneOf(200, 202);
        Schema.Problems(response, answer.Payload).Should().BeEmpty("the response is as documented");
    }

    [Theory]
    [InlineData("ListMcus", """{ "limit": 0 }""", 400)]
    [InlineData("GetMcu", """{ "id": "nobody" }""", 404)]
    [InlineData("Nothing", null, 404)]
    public async Task Page_ErrorSchema_FitsErrors(string method, string? payload, int status)
    {
        await using var bench = await MethodBench.StartAsync();

        var answer = await bench.CallAsync(method, payload);

        answer.Status.Should().Be(status);
        Schema.Problems(MethodsPage.ErrorSchema(), answer.Payload).Should().BeEmpty();
    }
}
