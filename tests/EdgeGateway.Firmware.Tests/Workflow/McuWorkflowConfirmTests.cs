using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Firmware.Tests.Workflow;

public sealed class McuWorkflowConfirmTests
{
    [Fact]
    public Task RolledBack_Once_IsTriedOnceMore() => Scenario.RunAsync(async s =>
    {
        s.Mcu.NextImageIsBad = true;
        s.Mcu.Before = (c, _) =>
        {
            s.Mcu.NextImageIsBad = s.Mcu.Count("Activate") < 2;
            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.Count("Activate").Should().Be(2);
    });

    [Fact]
    public Task RolledBack_AlwaysAgain_FailsAfterOneMoreTry() => Scenario.RunAsync(async s =>
    {
        s.Mcu.NextImageIsBad = true;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);
        await s.PassAsync(TimeSpan.FromMinutes(10));

        s.Status.LastError.Should().Be(FailureReason.RolledBack);
        s.Mcu.Count("Activate").Should().Be(2);
        s.Mcu.Running.Should().Be(s.Old);
        s.Observer.Ends.Should().ContainSingle().Which.ExtendedResultCode.ToString().Should().Be("33F00501");
    });

    [Fact]
    public Task RolledBack_NoRetriesAllowed_FailsAtOnce() => Scenario.RunAsync(async s =>
    {
        s.Options.RollBackRetries = 0;
        s.Mcu.NextImageIsBad = true;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        s.Mcu.Count("Activate").Should().Be(1);
    });

    [Fact]
    public Task OldImageWithoutRollBack_IsAWrongImage() => Scenario.RunAsync(async s =>
    {
        s.Mcu.NextImageIsBad = true;
        s.Mcu.After = (c, _) =>
        {
            s.Mcu.BootState = BootState.Confirmed;
            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        s.Status.LastError.Should().Be(FailureReason.WrongImageAfterBoot);
        s.Mcu.Count("Activate").Should().Be(2);
    });

    [Fact]
    public Task NotRestarted_IsTriedAgain() => Scenario.RunAsync(async s =>
    {
        s.Mcu.IgnoresActivation = true;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.WaitingToRetry);
        s.Status.LastErrorText.Should().Contain("did not restart");

        s.Mcu.IgnoresActivation = false;
        await s.WaitForAsync(UpdatePhase.Succeeded);
        s.Status.Attempt.Should().Be(2);
        s.Mcu.BytesSent.Should().Be(s.New.Bytes.Length);
    });

    [Fact]
    public Task NeverBack_FailsOnceEvenAFailedTrialMustHaveEnded() => Scenario.RunAsync(async s =>
    {
        s.Mcu.After = (c, _) =>
        {
            s.Mcu.IsSilent |= c == "Activate";
            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Confirming);
        var activated = s.Time.GetUtcNow();
        await s.PassAsync(s.Options.BootMargin + TimeSpan.FromSeconds(10));
        s.Mcu.IsBusHeld.Should().BeFalse("others may use the bus");
        await s.WaitForAsync(UpdatePhase.Failed);

        (s.Time.GetUtcNow() - activated).Should().BeGreaterThan(s.Options.TrialTime).And.BeLessThan(s.Options.TrialTime + TimeSpan.FromMinutes(1));
        s.Status.LastError.Should().Be(FailureReason.NotBackAfterBoot);
    });

    [Fact]
    public Task LineAwayAfterActivation_NoTimeCountsUntilItIsBack() => Scenario.RunAsync(async s =>
    {
        s.Mcu.After = (c, _) =>
        {
            s.Mcu.LineFailure = c == "Activate" ? LinkFailure.Unplugged : s.Mcu.LineFailure;
            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Confirming);
        await s.PassAsync(TimeSpan.FromHours(1));
        s.Status.Should().Match<McuStatus>(x => x.Phase == UpdatePhase.Confirming && x.LinkReason == FailureReason.PortUnplugged);

        s.Mcu.LineFailure = null;
        await s.WaitForAsync(UpdatePhase.Succeeded);
        s.Mcu.Count("Activate").Should().Be(1);
    });

    [Theory]
    [InlineData(McuFailure.Silent)]
    [InlineData(McuFailure.SessionLost)]
    public Task AnswerToActivationLost_IsFoundOutByLooking(McuFailure failure) => Scenario.RunAsync(async s =>
    {
        s.Mcu.After = (c, _) => c == "Activate" ? throw new McuException(failure, "no answer") : Task.CompletedTask;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.Count("Activate").Should().Be(1);
    });

    [Fact]
    public Task AnswerToConfirmationLost_IsAskedAgain() => Scenario.RunAsync(async s =>
    {
        s.Mcu.After = (c, _) => c == "Confirm" ? throw new McuException(McuFailure.Silent, "no answer") : Task.CompletedTask;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.Count("Confirm").Should().Be(1);
        s.Mcu.BootState.Should().Be(BootState.Confirmed);
    });

    [Fact]
    public Task Bus_IsHeldFromOfferToConfirmation() => Scenario.RunAsync(async s =>
    {
        var held = new List<bool>();
        s.Mcu.After = (c, _) =>
        {
            if (c is "Offer" or "Activate" or "Confirm")
            {
                held.Add(s.Mcu.IsBusHeld);
            }

            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Confirming);
        s.Mcu.IsBusHeld.Should().BeTrue("another transfer on the bus could outlast the trial");
        await s.WaitForAsync(UpdatePhase.Succeeded);

        held.Should().Equal(true, true, true);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Trial_OfAnotherImage_IsNeverConfirmed(bool knowsNoDigest) => Scenario.RunAsync(async s =>
    {
        var other = new Support.Firmware("3.0");
        s.Mcu.KnowsNoDigest = knowsNoDigest;
        s.Mcu.After = (c, _) =>
        {
            s.Mcu.Running = c == "Activate" ? other : s.Mcu.Running;
            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        s.Status.LastError.Should().Be(FailureReason.WrongImageAfterBoot);
        s.Mcu.Calls.Should().NotContain("Confirm");
        s.Mcu.BootState.Should().Be(BootState.Trial);
    });

    [Fact]
    public Task Confirmation_AcceptedButStillOnTrial_IsRepeated() => Scenario.RunAsync(async s =>
    {
        s.Mcu.After = (c, _) =>
        {
            s.Mcu.BootState = c == "Confirm" && s.Mcu.Count("Confirm") == 1 ? BootState.Trial : s.Mcu.BootState;
            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.Count("Confirm").Should().Be(2);
        s.Mcu.BootState.Should().Be(BootState.Confirmed);
    });

    [Fact]
    public Task Recovery_WithTheNewImage_IsNoSuccess() => Scenario.RunAsync(async s =>
    {
        s.Mcu.After = (c, _) =>
        {
            s.Mcu.BootState = c == "Activate" ? BootState.Recovery : s.Mcu.BootState;
            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.WaitingToRetry);

        s.Status.LastError.Should().Be(FailureReason.WrongImageAfterBoot);
        s.Mcu.Calls.Should().NotContain("Confirm");
    });

    [Fact]
    public Task NotRestarted_SameVersionAndNoDigest_IsNoSuccess() => Scenario.RunAsync(async s =>
    {
        var sameVersion = new Support.Firmware("1.0", 9_000);
        s.Store.Add(sameVersion.Bytes);
        s.Mcu.Images.Add(sameVersion);
        s.Mcu.KnowsNoDigest = true;
        s.Mcu.IgnoresActivation = true;
        s.Start();
        s.Deploy(image: sameVersion);
        await s.WaitForAsync(UpdatePhase.WaitingToRetry);

        s.Status.LastErrorText.Should().Contain("did not restart");
    });

    [Fact]
    public Task EachPhase_IsInTheJournalBeforeItsStepActs() => Scenario.RunAsync(async s =>
    {
        var journaled = new List<(string Call, UpdatePhase? Phase)>();
        s.Mcu.Before = (c, _) =>
        {
            if (c is "Offer" or "Transfer" or "Verify" or "Activate" or "Confirm")
            {
                journaled.Add((c, s.Journal.Load().Active?.Phase));
            }

            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        journaled.Should().Equal(
            ("Offer", UpdatePhase.Offering), ("Transfer", UpdatePhase.Transferring), ("Verify", UpdatePhase.Verifying),
            ("Activate", UpdatePhase.Activating), ("Confirm", UpdatePhase.Confirming));
        s.Journal.Load().Active.Should().BeNull();
        s.Journal.Load().Finished.Should().ContainSingle().Which.Outcome.Should().Be(UpdatePhase.Succeeded);
    });
}
