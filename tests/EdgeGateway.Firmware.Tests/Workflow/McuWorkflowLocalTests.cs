using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Firmware.Workflow.Commands;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Tests.Workflow;

/// <summary>Orders given at the gateway itself, past the twin.</summary>
public sealed class McuWorkflowLocalTests
{
    [Fact]
    public Task Cancel_BeforeActivation_StopsAndSaysThatItWasLocal() => Scenario.RunAsync(async s =>
    {
        await HangAsync(s, "Chunk", UpdatePhase.Transferring);

        (await AskAsync(s, s.Workflow.CancelAsync)).Should().Be(
            new CommandResult(CommandOutcome.Accepted, "deployment deploy-1 is cancelled", "deploy-1"));
        await s.WaitForAsync(UpdatePhase.Cancelled);

        var report = s.Observer.Ends.Should().ContainSingle().Subject;
        (report.State, report.ResultCode, report.ResultDetails).Should().Be((AgentState.Idle, -1, "cancelled locally"));
        s.Status.LastErrorText.Should().Be("cancelled locally");
        s.Workflow.History[0].Should().BeEquivalentTo(new { Outcome = UpdatePhase.Cancelled, Text = "cancelled locally" });
        s.Mcu.Calls.Should().Contain("Abort");
    });

    [Fact]
    public Task Cancel_ThenTheSameTwinAgain_StaysCancelled() => Scenario.RunAsync(async s =>
    {
        await HangAsync(s, "Chunk", UpdatePhase.Transferring);
        await AskAsync(s, s.Workflow.CancelAsync);
        await s.WaitForAsync(UpdatePhase.Cancelled);

        s.Deploy();
        await s.PassAsync(TimeSpan.FromSeconds(5));
        await s.RestartAsync();
        s.Deploy();
        await s.PassAsync(TimeSpan.FromSeconds(5));

        s.Status.Phase.Should().Be(UpdatePhase.Cancelled);
        s.Status.LastErrorText.Should().Be("cancelled locally", "the journal keeps why");
    });

    [Fact]
    public Task Cancel_AfterActivation_IsTooLate() => Scenario.RunAsync(async s =>
    {
        var release = await HangAsync(s, "Confirm", UpdatePhase.Confirming);

        (await AskAsync(s, s.Workflow.CancelAsync)).Outcome.Should().Be(CommandOutcome.WrongState);
        release.SetResult();
        await s.WaitForAsync(UpdatePhase.Succeeded);
    });

    [Fact]
    public Task Cancel_NothingUnderWay_HasNothingToDo() => Scenario.RunAsync(async s =>
    {
        s.Start();
        await s.PassAsync(TimeSpan.FromSeconds(1));

        (await AskAsync(s, s.Workflow.CancelAsync)).Outcome.Should().Be(CommandOutcome.NothingToDo);
        s.Observer.Reports.Should().BeEmpty();
    });

    [Fact]
    public Task Retry_AfterAFailure_RunsAgainAndIsReported() => Scenario.RunAsync(async s =>
    {
        await FailAsync(s);

        (await AskAsync(s, s.Workflow.RetryAsync)).Should().Be(
            new CommandResult(CommandOutcome.Accepted, "deployment deploy-1 begins again", "deploy-1"));
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.Running.Should().Be(s.New);
        s.Observer.Ends.Select(r => r.State).Should().Equal(AgentState.Failed, AgentState.Idle);
        s.Workflow.History.Select(f => f.Outcome).Should().Equal(UpdatePhase.Succeeded, UpdatePhase.Failed);
        s.Journal.Load().Finished.Should().OnlyContain(f => f.Service == null, "what succeeded since needs no retry");
    });

    [Fact]
    public Task Retry_AfterARestartWithoutHub_RunsFromTheJournal() => Scenario.RunAsync(async s =>
    {
        await FailAsync(s);
        await s.RestartAsync();
        await s.PassAsync(TimeSpan.FromSeconds(1));

        (await AskAsync(s, s.Workflow.RetryAsync)).Outcome.Should().Be(CommandOutcome.Accepted);
        await s.WaitForAsync(UpdatePhase.Succeeded);
    });

    [Fact]
    public Task Retry_KilledAtOnce_GoesOnAfterTheRestart() => Scenario.RunAsync(async s =>
    {
        await FailAsync(s);
        s.Mcu.Before = (c, ct) => c == "Chunk" ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask;
        (await AskAsync(s, s.Workflow.RetryAsync)).Outcome.Should().Be(CommandOutcome.Accepted);
        s.Journal.Load().Active.Should().NotBeNull();

        s.Mcu.Before = (_, _) => Task.CompletedTask;
        await s.RestartAsync();
        await s.WaitForAsync(UpdatePhase.Succeeded);
    });

    [Fact]
    public Task Retry_JournalCannotBeWritten_BeginsNothing() => Scenario.RunAsync(async s =>
    {
        await FailAsync(s);
        s.Journal.BeforeSave = (_, _) => throw new JournalException("The journal x cannot be written: disk full");

        var verdict = await AskAsync(s, s.Workflow.RetryAsync);

        (verdict.Outcome, verdict.Text).Should().Be((CommandOutcome.Failed, "The journal x cannot be written: disk full"));
        await s.PassAsync(TimeSpan.FromSeconds(5));
        s.Status.Phase.Should().Be(UpdatePhase.Failed);
    });

    [Fact]
    public Task Retry_UnderWay_IsWrongState() => Scenario.RunAsync(async s =>
    {
        await HangAsync(s, "Chunk", UpdatePhase.Transferring);

        (await AskAsync(s, s.Workflow.RetryAsync)).Outcome.Should().Be(CommandOutcome.WrongState);
    });

    [Fact]
    public Task Retry_AfterSuccess_IsWrongState() => Scenario.RunAsync(async s =>
    {
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        (await AskAsync(s, s.Workflow.RetryAsync)).Outcome.Should().Be(CommandOutcome.WrongState);
    });

    [Fact]
    public Task Retry_TwinNoLongerOrdersIt_IsWrongState() => Scenario.RunAsync(async s =>
    {
        await FailAsync(s);
        s.Cancel();
        await s.PassAsync(TimeSpan.FromSeconds(1));

        (await AskAsync(s, s.Workflow.RetryAsync)).Should().Be(
            new CommandResult(CommandOutcome.WrongState, "the twin no longer orders deployment deploy-1", "deploy-1"));
    });

    [Fact]
    public Task Retry_NothingEverEnded_HasNothingToDo() => Scenario.RunAsync(async s =>
    {
        s.Start();

        (await AskAsync(s, s.Workflow.RetryAsync)).Outcome.Should().Be(CommandOutcome.NothingToDo);
    });

    [Fact]
    public Task Ask_CallerGaveUp_OrderDoesNotCount() => Scenario.RunAsync(async s =>
    {
        await FailAsync(s);
        using var gone = new CancellationTokenSource();
        gone.Cancel();

        var retry = () => s.Workflow.RetryAsync(gone.Token);

        await retry.Should().ThrowAsync<OperationCanceledException>();
        await s.PassAsync(TimeSpan.FromSeconds(5));
        s.Status.Phase.Should().Be(UpdatePhase.Failed);
    });

    [Fact]
    public Task History_UpdatesThatEnded_TellTimesAndVersions() => Scenario.RunAsync(async s =>
    {
        s.Start();
        await s.WaitAsync(() => s.Status.RunningVersion is not null);
        var before = s.Time.GetUtcNow();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        var update = s.Workflow.History.Should().ContainSingle().Subject;
        update.FromVersion.Should().Be("1.0");
        update.Target!.Version.Should().Be("2.0");
        update.BegunAt.Should().BeOnOrAfter(before).And.BeBefore(update.At);
    });

    [Fact]
    public Task Reboot_Idle_RestartsAndIsSeenAgain() => Scenario.RunAsync(async s =>
    {
        s.Start();
        await s.WaitAsync(() => s.Status.Link == McuLinkState.Online);

        (await AskAsync(s, s.Workflow.RebootAsync)).Outcome.Should().Be(CommandOutcome.Accepted);

        s.Mcu.BootCount.Should().Be(8);
        await s.WaitAsync(() => s.Mcu.Count("Identify") >= 2 && s.Status.Link == McuLinkState.Online);
    });

    [Theory]
    [InlineData("Offer", UpdatePhase.Offering)]
    [InlineData("Chunk", UpdatePhase.Transferring)]
    [InlineData("Verify", UpdatePhase.Verifying)]
    [InlineData("Confirm", UpdatePhase.Confirming)]
    public Task Reboot_UpdateOnTheLine_IsWrongStateAndDisturbsNothing(string where, UpdatePhase phase) => Scenario.RunAsync(async s =>
    {
        var release = await HangAsync(s, where, phase);

        (await AskAsync(s, s.Workflow.RebootAsync)).Outcome.Should().Be(CommandOutcome.WrongState);
        s.Mcu.Before = (_, _) => Task.CompletedTask;
        release.SetResult();
        await s.WaitForAsync(UpdatePhase.Succeeded);
        s.Mcu.Count("Reboot").Should().Be(0);
    });

    [Fact]
    public Task Reboot_Refused_ThrowsAndFreesTheBus() => Scenario.RunAsync(async s =>
    {
        s.Start();
        await s.WaitAsync(() => s.Status.Link == McuLinkState.Online);
        s.Mcu.Before = (c, _) => c == "Reboot" ? throw new McuException(McuFailure.NotSupported, "it does not know the command") : Task.CompletedTask;

        var reboot = () => s.Workflow.RebootAsync(CancellationToken.None);

        (await reboot.Should().ThrowAsync<McuException>()).Which.Failure.Should().Be(McuFailure.NotSupported);
        s.Mcu.IsBusHeld.Should().BeFalse();
        s.Status.Link.Should().Be(McuLinkState.Online, "a refusal is a sign of life");
    });

    [Fact]
    public Task Indicate_Always_ReachesTheMicrocontroller() => Scenario.RunAsync(async s =>
    {
        s.Start();
        await s.WaitAsync(() => s.Status.Link == McuLinkState.Online);

        (await AskAsync(s, ct => s.Workflow.IndicateAsync(TimeSpan.FromSeconds(12), ct))).Outcome.Should().Be(CommandOutcome.Accepted);

        s.Mcu.Calls.Should().Contain("Indicate 12");
    });

    private static async Task<CommandResult> AskAsync(Scenario s, Func<CancellationToken, Task<CommandResult>> ask)
    {
        var asking = ask(CancellationToken.None);
        await s.WaitAsync(() => asking.IsCompleted);
        return await asking;
    }

    private static async Task FailAsync(Scenario s)
    {
        s.Mcu.Before = (c, _) => c == "Offer" ? throw new McuException(McuFailure.Refused, "not this version") : Task.CompletedTask;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);
        s.Mcu.Before = (_, _) => Task.CompletedTask;
    }

    /// <summary>Deploys and waits until the update hangs in one place.</summary>
    /// <returns>What lets it go on.</returns>
    private static async Task<TaskCompletionSource> HangAsync(Scenario s, string where, UpdatePhase phase)
    {
        var release = new TaskCompletionSource();
        var hanging = false;
        s.Mcu.Before = (c, ct) =>
        {
            if (c != where || s.Status.Phase != phase)
            {
                return Task.CompletedTask;
            }

            hanging = true;
            return release.Task.WaitAsync(ct);
        };
        s.Start();
        s.Deploy();
        await s.WaitAsync(() => hanging && s.Status.Phase == phase);
        return release;
    }
}
