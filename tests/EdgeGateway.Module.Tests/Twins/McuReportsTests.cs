using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate;
using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Twins;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Twins;

public sealed class McuReportsTests
{
    private static readonly McuId Id = new("mcu-1");

    private readonly VirtualTime _time = new();
    private readonly FakeConnection _connection = new(new DeviceIdentity("mcu-1"));
    private readonly McuReports _reports;

    public McuReportsTests()
    {
        _reports = new McuReports(_connection, "/dev/ttyUSB0", _time);
    }

    public static McuStatus Transferring { get; } = new()
    {
        Id = Id,
        Phase = UpdatePhase.Transferring,
        WorkflowId = "w-1",
        TargetVersion = "2.0.0",
        Bytes = 500,
        Size = 1000,
        BytesPerSecond = 1234.6,
        Remaining = TimeSpan.FromSeconds(3.2),
        Attempt = 2,
        LastError = FailureReason.PortUnplugged,
        LastErrorText = "Line /dev/ttyUSB0 was unplugged.",
        NextRetryAt = new DateTimeOffset(2026, 11, 1, 13, 0, 0, TimeSpan.Zero),
        Link = McuLinkState.Offline,
        LinkReason = FailureReason.McuSilent,
        LinkText = "No answer.",
        Facts = new McuFacts
        {
            Vendor = "Contoso",
            Model = "MCU-A",
            HardwareRevision = "c1",
            SerialNumber = "s",
            RunningVersion = "1.0.0",
            BootState = BootState.Confirmed,
            SlotSize = 512 * 1024,
        },
        ResumedAt = 250,
        Transfer = new TransferSummary(250, 750, 10, 800, TimeSpan.FromSeconds(1.5)),
    };

    [Fact]
    public void OnAgentReport_End_IsAMilestoneUnderAKeyOfItsOwn()
    {
        var at = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.FromHours(1));
        var end = new AgentReport
        {
            State = AgentState.Idle,
            Workflow = new WorkflowOrder(WorkflowAction.ProcessDeployment, "w-1", "t1"),
            ResultCode = ResultCodes.Applied,
            EndedAt = at,
        };

        _reports.OnAgentReport(Id, end with { State = AgentState.DeploymentInProgress, EndedAt = null });
        _reports.OnAgentReport(Id, end);
        _reports.OnAgentReport(Id, end with { State = AgentState.Failed, EndedAt = at.AddSeconds(1) });
        _reports.OnAgentReport(Id, end with { EndedAt = null });

        _connection.Milestones.Select(m => m.Key).Should().Equal("w-1 t1 2026-11-01T11:00:00.0000000+00:00", "w-1 t1 2026-11-01T11:00:01.0000000+00:00", null);
        _connection.Milestones[0].Core.Should().Be(end.ToPatch().ToJsonString());
        _connection.Patches.Should().HaveCount(4);
    }

    [Fact]
    public void OnStatus_EverythingSaid_FillsTheComponent()
    {
        _reports.OnStatus(Transferring);

        var expected = JsonNode.Parse("""
            {
              "__t": "c", "phase": "Transferring", "workflowId": "w-1", "targetVersion": "2.0.0", "runningVersion": "1.0.0",
              "percent": 50, "bytes": 500, "size": 1000, "bytesPerSecond": 1235, "remainingSeconds": 4,
              "attempts": 2, "nextAttemptAt": "2026-11-01T13:00:00Z", "resumedAt": 250,
              "lastError": { "reason": "PortUnplugged", "message": "Line /dev/ttyUSB0 was unplugged.", "at": "2026-11-01T12:00:00Z" },
              "link": { "state": "Offline", "reason": "McuSilent", "message": "No answer.", "since": "2026-11-01T12:00:00Z" },
              "line": "/dev/ttyUSB0",
              "transfer": { "bytes": 750, "seconds": 1.5, "lineBytes": 800, "retransmittedBytes": 10, "resumedAt": 250 }
            }
            """);
        JsonNode.DeepEquals(_connection.Reported["gateway"], expected).Should().BeTrue(_connection.Reported["gateway"]!.ToJsonString());
    }

    [Fact]
    public void OnStatus_ErrorGone_IsRemovedFromTheTwin()
    {
        _reports.OnStatus(Transferring);
        _time.Advance(TimeSpan.FromSeconds(2));
        _reports.OnStatus(new McuStatus { Id = Id, Phase = UpdatePhase.Succeeded, WorkflowId = "w-1" });

        _connection.Patches[^1].Should().Contain("\"lastError\":null").And.Contain("\"bytesPerSecond\":null").And.NotContain("workflowId");
        _connection.Reported["gateway"]!.AsObject().ContainsKey("lastError").Should().BeFalse();
    }

    [Fact]
    public void OnStatus_SameErrorLater_KeepsItsTime()
    {
        _reports.OnStatus(Transferring);
        _time.Advance(TimeSpan.FromMinutes(1));
        _reports.OnStatus(Transferring with { Bytes = 600 });

        _connection.Reported["gateway"]!["lastError"]!["at"]!.GetValue<string>().Should().Be("2026-11-01T12:00:00Z");
        _connection.Reported["gateway"]!["link"]!["since"]!.GetValue<string>().Should().Be("2026-11-01T12:00:00Z");
    }

    [Fact]
    public void OnTwin_ErrorOfTheRunBefore_KeepsItsTime()
    {
        const string Known = """
            { "gateway": { "lastError": { "reason": "PortUnplugged", "message": "Line /dev/ttyUSB0 was unplugged.", "at": "2026-10-31T09:00:00Z" } } }
            """;
        _connection.SetReported(Known);
        _reports.OnTwin(Parse(Known));
        _reports.OnStatus(Transferring);

        _connection.Patches.Should().ContainSingle().Which.Should().NotContain("lastError", "the hub has it, with its time");
    }

    [Fact]
    public void OnStatus_VeryLongText_StaysWithinATwin()
    {
        _reports.OnStatus(Transferring with { LastErrorText = new string('x', 9000), LinkText = new string('y', 9000) });

        _connection.Reported["gateway"]!.ToJsonString().Length.Should().BeLessThan(4096);
    }

    [Fact]
    public void OnAcknowledged_SameVersionTwice_IsReportedOnce()
    {
        _reports.OnAcknowledged(Id, new ServiceAcknowledgement(true, "", 7));
        _reports.OnAcknowledged(Id, new ServiceAcknowledgement(true, "", 7));
        _time.Advance(TimeSpan.FromSeconds(5));

        _connection.Patches.Should().Equal("""{"deviceUpdate":{"service":{"value":{},"ac":200,"ad":"","av":7},"__t":"c"}}""");
    }

    [Fact]
    public void OnAcknowledged_VersionTheHubHasAlready_IsNotReported()
    {
        _reports.OnTwin(Parse("""{ "deviceUpdate": { "service": { "av": 7, "ac": 200 } } }"""));

        _reports.OnAcknowledged(Id, new ServiceAcknowledgement(true, "", 7));
        _connection.Patches.Should().BeEmpty();
        _reports.OnAcknowledged(Id, new ServiceAcknowledgement(true, "", 8));
        _connection.Patches.Should().ContainSingle().Which.Should().Contain("\"av\":8");
    }

    [Fact]
    public void OnAgentReport_FinalAfterProgressWithinASecond_ArrivesWhole()
    {
        var order = new WorkflowOrder(WorkflowAction.ProcessDeployment, "w-1", null);
        _reports.OnStatus(Transferring);
        _reports.OnAgentReport(Id, new AgentReport { State = AgentState.DeploymentInProgress, Workflow = order, ResultCode = ResultCodes.InProgress });
        _reports.OnAgentReport(Id, new AgentReport
        {
            State = AgentState.Idle, Workflow = order, ResultCode = ResultCodes.Applied, Installed = new UpdateId("Contoso", "Mcu", "2.0.0"),
        });
        _time.Advance(TimeSpan.FromSeconds(1));

        _connection.Milestones.Should().ContainSingle();
        var agent = _connection.Reported["deviceUpdate"]!["agent"]!;
        agent["state"]!.GetValue<int>().Should().Be(0);
        agent["workflow"]!["id"]!.GetValue<string>().Should().Be("w-1");
        agent["installedUpdateId"]!.GetValue<string>().Should().Contain("2.0.0");
        agent["lastInstallResult"]!["stepResults"]!["step_0"]!["resultCode"]!.GetValue<int>().Should().Be(700);
    }

    [Fact]
    public void OnFacts_Facts_DescribeTheDeviceOnce()
    {
        _reports.OnFacts(Id, Transferring.Facts!);
        _time.Advance(TimeSpan.FromSeconds(2));
        _reports.OnFacts(Id, Transferring.Facts! with { RunningVersion = "2.0.0" });
        _time.Advance(TimeSpan.FromSeconds(2));

        _connection.Reported["deviceInformation"]!["swVersion"]!.GetValue<string>().Should().Be("2.0.0");
        _connection.Patches[^1].Should().Contain("\"deviceInformation\":{\"swVersion\":\"2.0.0\"}");
        _connection.Reported["deviceUpdate"]!["agent"]!["deviceProperties"]!["model"]!.GetValue<string>().Should().Be("MCU-A");
    }

    [Fact]
    public void OnCrash_Crash_IsReportedAsInternal()
    {
        _reports.OnStatus(Transferring);
        _time.Advance(TimeSpan.FromSeconds(2));

        _reports.OnCrash(Id, "It broke.", _time.GetUtcNow() + TimeSpan.FromSeconds(5));

        var gateway = _connection.Reported["gateway"]!;
        gateway["phase"]!.GetValue<string>().Should().Be("WaitingToRetry");
        gateway["lastError"]!["reason"]!.GetValue<string>().Should().Be("Internal");
        gateway["nextAttemptAt"]!.GetValue<string>().Should().Be("2026-11-01T12:00:07Z");
    }

    [Fact]
    public void Document_EveryPropertyAndPhase_IsExplained()
    {
        var text = File.ReadAllText(RepositoryFile.Find("docs/twins.md"));
        _reports.OnStatus(Transferring);
        _reports.OnPaused(true);
        _time.Advance(TimeSpan.FromSeconds(1));

        foreach (var (name, _) in _connection.Reported["gateway"]!.AsObject().Where(p => p.Key != "__t"))
        {
            text.Should().Contain($"`{name}`");
        }

        foreach (var phase in Enum.GetNames<UpdatePhase>())
        {
            text.Should().Contain(phase);
        }
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
