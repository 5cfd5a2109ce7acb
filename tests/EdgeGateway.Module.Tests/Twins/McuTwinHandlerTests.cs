using System.Text.Json.Nodes;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Methods;
using EdgeGateway.Module.Twins;
using Microsoft.Extensions.Logging.Abstractions;
using EdgeGateway.Serial;
using NSubstitute;

namespace EdgeGateway.Module.Tests.Twins;

public sealed class McuTwinHandlerTests
{
    private const string Deploy = """{ "deviceUpdate": { "service": { "workflow": { "action": 3, "id": "w-1" }, "updateManifest": "{}" } } }""";
    private const string Cancel = """{ "deviceUpdate": { "service": { "workflow": { "action": 255, "id": "nodeployment" } } } }""";

    private readonly McuTwinHandler _handler = new(
        new MethodTable("mcu-1", [], TimeProvider.System, NullLogger<MethodTable>.Instance),
        new McuReports(new FakeConnection(new DeviceIdentity("mcu-1")), "/dev/ttyUSB0", TimeProvider.System));

    private readonly FakeWorkflow _workflow = new(new McuId("mcu-1"), Substitute.For<IWorkflowObserver>());

    [Fact]
    public async Task OnTwinAsync_Order_ReachesTheWorkflowWithItsVersion()
    {
        _handler.Use(_workflow);
        await SendAsync(Deploy, 7);

        var twin = _workflow.Twins.Should().ContainSingle().Subject;
        twin.Service!.Workflow.Id.Should().Be("w-1");
        twin.Version.Should().Be(7);
    }

    [Fact]
    public async Task OnTwinAsync_RememberedTwin_TellsTheOrderAndThatNothingIsKnownOfTheHub()
    {
        _handler.Use(_workflow);

        await _handler.OnTwinAsync(
            new TwinDocument(JsonNode.Parse(Deploy)!.AsObject(), 7, [], null) { IsRemembered = true }, CancellationToken.None);

        var twin = _workflow.Twins.Should().ContainSingle().Subject;
        twin.Service!.Workflow.Id.Should().Be("w-1");
        twin.Reported.Should().BeNull("an end that the hub may well have must not be repeated");
    }

    [Fact]
    public async Task Use_WorkflowAfterACrash_GetsTheLatestTwin()
    {
        _handler.Use(_workflow);
        await SendAsync(Deploy, 7);
        var next = new FakeWorkflow(new McuId("mcu-1"), Substitute.For<IWorkflowObserver>());

        _handler.Use(next);

        next.Twins.Should().ContainSingle().Which.Version.Should().Be(7);
    }

    [Fact]
    public async Task Pause_Order_WaitsUntilThePauseEnds()
    {
        _handler.Use(_workflow);
        _handler.Pause(true);
        await SendAsync(Deploy, 7);
        _workflow.Twins.Should().BeEmpty();

        _handler.Pause(false);

        _workflow.Twins.Should().ContainSingle().Which.Version.Should().Be(7);
    }

    [Fact]
    public async Task Pause_Cancellation_IsHeardAtOnce()
    {
        _handler.Use(_workflow);
        _handler.Pause(true);
        await SendAsync(Cancel, 8);

        _workflow.Twins.Should().ContainSingle().Which.Version.Should().Be(8);
    }

    [Fact]
    public async Task OnMethodAsync_AnyMethod_Is404InPlainWords()
    {
        var answer = await _handler.OnMethodAsync(new MethodRequest("reboot", null), CancellationToken.None);

        answer.Status.Should().Be(404);
        answer.Payload!["error"]!.GetValue<string>().Should().Contain("'reboot'");
    }

    private ValueTask SendAsync(string desired, long version) => _handler.OnTwinAsync(
        new TwinDocument(JsonNode.Parse(desired)!.AsObject(), version, [], 1), CancellationToken.None);
}
