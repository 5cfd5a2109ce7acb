using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate;
using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.DeviceUpdate.Twins;

namespace EdgeGateway.Firmware.Tests.DeviceUpdate.Reporting;

public sealed class AgentReportTests
{
    private static readonly WorkflowOrder Order = new(WorkflowAction.ProcessDeployment, "51552a54", null);

    [Fact]
    public void ToPatch_InProgress_IsThatOfTheContract() => ShouldBe(
        new AgentReport { State = AgentState.DeploymentInProgress, Workflow = Order with { RetryTimestamp = "t1" }, ResultCode = 1 },
        """
        {"deviceUpdate":{"__t":"c","agent":{
          "lastInstallResult":{"stepResults":null,"resultCode":1,"extendedResultCodes":"00000000","resultDetails":null},
          "state":6,"workflow":{"action":3,"id":"51552a54","retryTimestamp":"t1"}}}}
        """);

    [Fact]
    public void ToPatch_Success_IsThatOfTheContract() => ShouldBe(
        new AgentReport { State = AgentState.Idle, Workflow = Order, ResultCode = 700, Installed = new UpdateId("Contoso", "Mcu", "2.0") },
        """
        {"deviceUpdate":{"__t":"c","agent":{
          "lastInstallResult":{"resultCode":700,"extendedResultCodes":"00000000","resultDetails":null,
            "stepResults":{"step_0":{"resultCode":700,"extendedResultCodes":"00000000","resultDetails":null}}},
          "state":0,"workflow":{"action":3,"id":"51552a54","retryTimestamp":null},
          "installedUpdateId":"{\"provider\":\"Contoso\",\"name\":\"Mcu\",\"version\":\"2.0\"}"}}}
        """);

    [Fact]
    public void ToPatch_Failure_IsThatOfTheContract() => ShouldBe(
        new AgentReport
        {
            State = AgentState.Failed, Workflow = Order, ResultCode = 0, ExtendedResultCode = ExtendedResultCode.OfGateway(0x104), ResultDetails = "why",
        },
        """
        {"deviceUpdate":{"__t":"c","agent":{
          "lastInstallResult":{"resultCode":0,"extendedResultCodes":"33F00104","resultDetails":"why",
            "stepResults":{"step_0":{"resultCode":0,"extendedResultCodes":"33F00104","resultDetails":"why"}}},
          "state":255,"workflow":{"action":3,"id":"51552a54","retryTimestamp":null}}}}
        """);

    [Fact]
    public void ToPatch_LongDetails_AreShortened()
    {
        var report = new AgentReport { State = AgentState.Failed, Workflow = Order, ResultCode = 0, ResultDetails = new string('x', 5000) };

        var details = report.ToPatch()["deviceUpdate"]!["agent"]!["lastInstallResult"]!["resultDetails"]!.GetValue<string>();

        details.Should().HaveLength(1024).And.EndWith("...");
    }

    [Fact]
    public void Acknowledgement_ToPatch_IsThatOfTheContract()
    {
        var patch = new ServiceAcknowledgement(true, "", 7).ToPatch();

        JsonNode.DeepEquals(patch, JsonNode.Parse("""{"deviceUpdate":{"__t":"c","service":{"value":{},"ac":200,"ad":"","av":7}}}"""))
            .Should().BeTrue(patch.ToJsonString());
        new ServiceAcknowledgement(false, "x", 7).ToPatch()["deviceUpdate"]!["service"]!["ac"]!.GetValue<int>().Should().Be(406);
    }

    private static void ShouldBe(AgentReport report, string json)
    {
        var patch = report.ToPatch();
        JsonNode.DeepEquals(patch, JsonNode.Parse(json)).Should().BeTrue($"{patch.ToJsonString()} must be {json}");
    }
}
