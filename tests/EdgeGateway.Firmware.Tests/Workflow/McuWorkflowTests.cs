using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial;

namespace EdgeGateway.Firmware.Tests.Workflow;

public sealed class McuWorkflowTests
{
    [Fact]
    public Task Deploy_AllIsWell_RunsAndReportsTheNewImage() => Scenario.RunAsync(async s =>
    {
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.Running.Should().Be(s.New);
        s.Mcu.BootState.Should().Be(BootState.Confirmed);
        s.Mcu.BytesSent.Should().Be(s.New.Bytes.Length);
        s.Observer.Phases.Should().ContainInConsecutiveOrder(
            UpdatePhase.Evaluating, UpdatePhase.Downloading, UpdatePhase.WaitingForLine, UpdatePhase.Offering, UpdatePhase.Transferring,
            UpdatePhase.Verifying, UpdatePhase.Activating, UpdatePhase.Confirming, UpdatePhase.Succeeded);
        s.Observer.Reports.Select(r => r.State).Should().Equal(AgentState.DeploymentInProgress, AgentState.Idle);
        s.Observer.Reports[1].Installed!.Version.Should().Be("2.0");
        s.Observer.Reports[1].ResultCode.Should().Be(700);
        s.Observer.Acknowledgements.Should().Equal(new ServiceAcknowledgement(true, "", 1));
        s.Observer.Facts[^1].RunningVersion.Should().Be("2.0");
        s.Status.Should().Match<McuStatus>(x => x.Percent == 100 && x.LastError == FailureReason.None && x.WorkflowId == "deploy-1"
            && x.TargetVersion == "2.0" && x.RunningVersion == "2.0" && x.Transfer!.PayloadBytes == 10_000 && x.Attempt == 1);
    });

    [Fact]
    public Task Deploy_ImageRunsAlready_SucceedsWithoutAByte() => Scenario.RunAsync(async s =>
    {
        s.Mcu.Running = s.New;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Store.Wanted.Should().BeEmpty();
        s.Mcu.Calls.Should().NotContain("Offer");
        s.Observer.Ends.Should().ContainSingle().Which.Installed!.Version.Should().Be("2.0");
    });

    [Fact]
    public Task Deploy_ImageIsOnTrialAlready_IsConfirmed() => Scenario.RunAsync(async s =>
    {
        // as after a lost journal
        s.Mcu.Running = s.New;
        s.Mcu.BootState = BootState.Trial;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.BootState.Should().Be(BootState.Confirmed);
        s.Mcu.Calls.Should().NotContain("Offer");
    });

    [Fact]
    public Task Deploy_SameOrderAgain_SaysAndDoesNothing() => Scenario.RunAsync(async s =>
    {
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);
        s.Mcu.Running = s.Old; // whatever happened to it: an order that is done is done
        var said = s.Observer.Reports.Count;

        s.Deploy();
        await s.PassAsync(TimeSpan.FromMinutes(1));

        s.Observer.Reports.Should().HaveCount(said);
        s.Observer.Acknowledgements.Should().ContainSingle();
        s.Mcu.Count("Offer").Should().Be(1);
    });

    [Fact]
    public Task Deploy_SameOrderAfterRestart_SaysItsEndUnderTheSameKeyAndDoesNothing() => Scenario.RunAsync(async s =>
    {
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);
        var last = s.Observer.Reports[^1];
        await s.RestartAsync();

        s.Deploy(reported: last.ToPatch());
        await s.PassAsync(TimeSpan.FromMinutes(1));

        s.Observer.Reports.Should().ContainSingle("it may not have been handed over before").Which.Should().Be(last);
        s.Status.Phase.Should().Be(UpdatePhase.Succeeded);
        s.Mcu.Count("Offer").Should().Be(1);
    });

    [Fact]
    public Task Deploy_FinalReportWasLostWithTheGateway_IsRepeatedOnce() => Scenario.RunAsync(async s =>
    {
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);
        var inProgress = s.Observer.Reports[0].ToPatch();
        await s.RestartAsync();

        s.Deploy(reported: (System.Text.Json.Nodes.JsonObject)inProgress.DeepClone());
        await s.PassAsync(TimeSpan.FromSeconds(5));
        s.Deploy(reported: inProgress);
        await s.PassAsync(TimeSpan.FromSeconds(5));

        s.Observer.Reports.Should().OnlyContain(r => r.Installed!.Version == "2.0");
        s.Observer.Reports.Select(r => r.EndedAt is null).Should().Equal([false, true], "what the twin has not got is said again, without its key");
    });

    [Fact]
    public Task Deploy_RetryToken_RunsAgainAndEchoesIt() => Scenario.RunAsync(async s =>
    {
        s.Mcu.Model = "MCU-B";
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);
        s.Mcu.Model = "MCU-A";

        s.Deploy(retry: "t1");
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Observer.Reports[^1].Workflow.RetryTimestamp.Should().Be("t1");
        s.Deploy(retry: "t1");
        s.Deploy();
        await s.PassAsync(TimeSpan.FromSeconds(5));
        s.Observer.Ends.Should().HaveCount(2);
    });

    [Fact]
    public Task Deploy_WorkflowCannotBeTold_IsRejectedOnce() => Scenario.RunAsync(async s =>
    {
        s.Start();
        var desired = Deployments.Desired("x", Deployments.Manifest(s.New));
        desired["deviceUpdate"]!["service"]!["workflow"]!["action"] = 7;
        s.Workflow.SetTwin(Deployments.Read(desired, 4));
        await s.PassAsync(TimeSpan.FromSeconds(1));
        s.Workflow.SetTwin(Deployments.Read(desired, 4));
        await s.PassAsync(TimeSpan.FromSeconds(1));

        var acknowledgement = s.Observer.Acknowledgements.Should().ContainSingle().Subject;
        acknowledgement.Accepted.Should().BeFalse();
        acknowledgement.Text.Should().Contain("deviceUpdate.service.workflow.action is 7");
        s.Observer.Reports.Should().BeEmpty();
    });

    [Fact]
    public Task Deploy_NothingDesired_StaysIdle() => Scenario.RunAsync(async s =>
    {
        s.Start();
        s.Desire([]);
        await s.PassAsync(TimeSpan.FromSeconds(5));

        s.Observer.Reports.Should().BeEmpty();
        s.Observer.Acknowledgements.Should().BeEmpty();
        s.Status.Phase.Should().Be(UpdatePhase.Idle);
    });

    [Fact]
    public Task Deploy_DigestOfRunningImageUnknown_IsRecognisedByVersion() => Scenario.RunAsync(async s =>
    {
        s.Mcu.KnowsNoDigest = true;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.Running.Should().Be(s.New);
        s.Mcu.BootState.Should().Be(BootState.Confirmed);
    });

    [Fact]
    public Task Deploy_Progress_IsToldWithRateAndTimeLeft() => Scenario.RunAsync(async s =>
    {
        s.Mcu.Before = (call, ct) => call == "Chunk" ? Task.Delay(TimeSpan.FromSeconds(1), s.Time, ct) : Task.CompletedTask;
        s.Start();
        s.Deploy();
        await s.WaitAsync(() => s.Status is { Phase: UpdatePhase.Transferring, Bytes: 5000 });

        s.Status.Percent.Should().Be(50);
        s.Status.BytesPerSecond.Should().BeInRange(700, 1001);
        s.Status.Remaining.Should().BeCloseTo(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3));
        await s.WaitForAsync(UpdatePhase.Succeeded);
        s.Status.BytesPerSecond.Should().BeNull();
    });
}
