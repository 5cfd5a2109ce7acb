using EdgeGateway.Content;
using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Tests.Workflow;

public sealed class McuWorkflowCancelTests
{
    [Theory]
    [InlineData("Identify", UpdatePhase.Evaluating, false)]
    [InlineData("Store", UpdatePhase.Downloading, false)]
    [InlineData("Connect", UpdatePhase.WaitingForLine, false)]
    [InlineData("Offer", UpdatePhase.Offering, true)]
    [InlineData("Chunk", UpdatePhase.Transferring, true)]
    [InlineData("Verify", UpdatePhase.Verifying, true)]
    public Task Cancel_BeforeActivation_Stops(string where, UpdatePhase phase, bool isAborted) => Scenario.RunAsync(async s =>
    {
        await HangAsync(s, where, phase);

        s.Cancel();
        await s.WaitForAsync(UpdatePhase.Cancelled);

        ShouldBeCancelled(s);
        s.Mcu.Calls.Contains("Abort").Should().Be(isAborted);
        s.Observer.Acknowledgements.Should().Equal(new ServiceAcknowledgement(true, "", 1), new ServiceAcknowledgement(true, "", 2));
        s.Mcu.Running.Should().Be(s.Old);
    });

    [Fact]
    public Task Cancel_WhileWaitingForMcu_Stops() => Scenario.RunAsync(async s =>
    {
        s.Mcu.IsSilent = true;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.WaitingForMcu);

        s.Cancel("deploy-1");
        await s.WaitForAsync(UpdatePhase.Cancelled);
        ShouldBeCancelled(s);
    });

    [Fact]
    public Task Cancel_WhileWaitingToRetry_Stops() => Scenario.RunAsync(async s =>
    {
        s.Store.Hook = (_, _, _) => throw new ContentException(ContentFailure.Unreachable, "no route");
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.WaitingToRetry);

        s.Cancel();
        await s.WaitForAsync(UpdatePhase.Cancelled);
        ShouldBeCancelled(s);
    });

    [Fact]
    public Task Cancel_McuDoesNotAnswerTheAbort_IsCancelledAllTheSame() => Scenario.RunAsync(async s =>
    {
        await HangAsync(s, "Chunk", UpdatePhase.Transferring);
        var before = s.Mcu.Before;
        s.Mcu.Before = (c, ct) => c == "Abort" ? Task.Delay(Timeout.Infinite, ct) : before(c, ct);

        s.Cancel();
        await s.WaitForAsync(UpdatePhase.Cancelled);
        ShouldBeCancelled(s);
    });

    [Theory]
    [InlineData("Activate", UpdatePhase.Activating)]
    [InlineData("Confirm", UpdatePhase.Confirming)]
    public Task Cancel_AfterActivation_IsTooLate(string where, UpdatePhase phase) => Scenario.RunAsync(async s =>
    {
        var release = await HangAsync(s, where, phase);
        s.Cancel();
        await s.PassAsync(TimeSpan.FromSeconds(1));
        s.Status.Phase.Should().Be(phase);

        release.SetResult();
        await s.WaitForAsync(UpdatePhase.Succeeded);
        s.Observer.Ends.Should().ContainSingle().Which.Installed.Should().NotBeNull();
    });

    [Fact]
    public Task Cancel_AfterActivationOfABadImage_ForgoesTheRetry() => Scenario.RunAsync(async s =>
    {
        s.Mcu.NextImageIsBad = true;
        var release = await HangAsync(s, "Activate", UpdatePhase.Activating);
        s.Cancel();
        await s.PassAsync(TimeSpan.FromSeconds(1));
        release.SetResult();
        await s.WaitForAsync(UpdatePhase.Cancelled);

        s.Mcu.Count("Activate").Should().Be(1);
        ShouldBeCancelled(s);
    });

    [Fact]
    public Task Cancel_NothingUnderWay_IsASilentNoOp() => Scenario.RunAsync(async s =>
    {
        s.Start();
        s.Cancel();
        await s.PassAsync(TimeSpan.FromSeconds(5));
        s.Cancel();
        await s.PassAsync(TimeSpan.FromSeconds(5));

        s.Observer.Reports.Should().BeEmpty();
        s.Observer.Acknowledgements.Should().BeEmpty();
    });

    [Fact]
    public Task Cancel_HubStillShowsProgressThatNobodyMakes_IsReportedOnce() => Scenario.RunAsync(async s =>
    {
        s.Mcu.IsSilent = true;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.WaitingForMcu);
        var inProgress = s.Observer.Reports[0].ToPatch();
        s.Journal.Lose();
        await s.StopAsync();
        s.Journal.Lose();
        await s.RestartAsync();

        s.Cancel(reported: (System.Text.Json.Nodes.JsonObject)inProgress.DeepClone());
        await s.PassAsync(TimeSpan.FromSeconds(5));
        s.Cancel(reported: inProgress);
        await s.PassAsync(TimeSpan.FromSeconds(5));

        var report = s.Observer.Reports.Should().ContainSingle().Subject;
        (report.State, report.ResultCode, report.Workflow.Id).Should().Be((AgentState.Idle, -1, "deploy-1"));
    });

    [Fact]
    public Task Cancel_ThenTheSameOrderAgain_StaysCancelled() => Scenario.RunAsync(async s =>
    {
        await HangAsync(s, "Chunk", UpdatePhase.Transferring);
        s.Cancel();
        await s.WaitForAsync(UpdatePhase.Cancelled);

        s.Deploy();
        await s.PassAsync(TimeSpan.FromSeconds(5));
        s.Status.Phase.Should().Be(UpdatePhase.Cancelled);
        s.Observer.Ends.Should().ContainSingle();
    });

    [Fact]
    public Task Replace_WhileBusy_OnlyTheNewestRunsAndIsReported() => Scenario.RunAsync(async s =>
    {
        var third = new Support.Firmware("3.0");
        s.Mcu.Images.Add(third);
        s.Store.Add(third.Bytes);
        await HangAsync(s, "Chunk", UpdatePhase.Transferring);

        s.Deploy("deploy-2", s.Old);
        s.Deploy("deploy-3", third);
        s.Mcu.Before = (_, _) => Task.CompletedTask;
        await s.WaitAsync(() => s.Status is { Phase: UpdatePhase.Succeeded, WorkflowId: "deploy-3" });

        s.Mcu.Running.Should().Be(third);
        s.Observer.Ends.Should().ContainSingle().Which.Workflow.Id.Should().Be("deploy-3");
        s.Mcu.Calls.Should().Contain("Abort");
        s.Journal.Load().Finished.Select(f => (f.Order.Id, f.Outcome)).Should().Equal(
            ("deploy-3", UpdatePhase.Succeeded), ("deploy-1", UpdatePhase.Cancelled));
    });

    [Fact]
    public Task Replace_AfterActivation_TheOldOneEndsFirst() => Scenario.RunAsync(async s =>
    {
        var third = new Support.Firmware("3.0");
        s.Mcu.Images.Add(third);
        s.Store.Add(third.Bytes);
        var release = await HangAsync(s, "Activate", UpdatePhase.Activating);

        s.Deploy("deploy-2", third);
        await s.PassAsync(TimeSpan.FromSeconds(1));
        s.Mcu.Before = (_, _) => Task.CompletedTask;
        release.SetResult();
        await s.WaitAsync(() => s.Status is { Phase: UpdatePhase.Succeeded, WorkflowId: "deploy-2" });

        s.Observer.Ends.Select(r => (r.Workflow.Id, r.State)).Should().Equal(("deploy-1", AgentState.Idle), ("deploy-2", AgentState.Idle));
        s.Mcu.Running.Should().Be(third);
    });

    [Fact]
    public Task Retry_WhileBusy_RunsAgainUnderTheNewToken() => Scenario.RunAsync(async s =>
    {
        await HangAsync(s, "Chunk", UpdatePhase.Transferring);

        s.Deploy(retry: "t1");
        s.Mcu.Before = (_, _) => Task.CompletedTask;
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Observer.Ends.Should().ContainSingle().Which.Workflow.RetryTimestamp.Should().Be("t1");
    });

    /// <summary>Deploys and waits until the update hangs in one place.</summary>
    /// <returns>What lets it go on.</returns>
    private static async Task<TaskCompletionSource> HangAsync(Scenario s, string where, UpdatePhase phase)
    {
        var release = new TaskCompletionSource();
        var hanging = false;
        Task Hang(CancellationToken ct)
        {
            hanging = true;
            return release.Task.WaitAsync(ct);
        }

        var hangsAtConnect = where == "Connect";
        s.Store.Hook = async (_, _, ct) =>
        {
            if (where == "Store")
            {
                await Hang(ct);
            }

            s.Mcu.Before = hangsAtConnect ? (c, ct2) => c == "Identify" ? Hang(ct2) : Task.CompletedTask : s.Mcu.Before;
        };
        if (!hangsAtConnect)
        {
            s.Mcu.Before = (c, ct) => c == where && s.Status.Phase == phase ? Hang(ct) : Task.CompletedTask;
        }

        if (where == "Identify")
        {
            s.Mcu.Model = "MCU-B"; // what does not fit by what is known is asked afresh
        }

        s.Start();
        s.Deploy();
        await s.WaitAsync(() => hanging && s.Status.Phase == phase);
        return release;
    }

    private static void ShouldBeCancelled(Scenario s)
    {
        var report = s.Observer.Ends.Should().ContainSingle().Subject;
        (report.State, report.ResultCode, report.Workflow.Id).Should().Be((AgentState.Idle, -1, "deploy-1"));
        report.Installed.Should().BeNull();
        report.ExtendedResultCode.ToString().Should().Be("33F00601");
        s.Mcu.IsBusHeld.Should().BeFalse();
    }
}
