using EdgeGateway.Content;
using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.DeviceUpdate.Verification;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Tests.Workflow;

public sealed class McuWorkflowFailureTests
{
    [Fact]
    public Task Deploy_ForAnotherModel_FailsBeforeAnythingIsOffered() => Scenario.RunAsync(async s =>
    {
        s.Mcu.Model = "MCU-B";
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, FailureReason.WrongTarget, "33F00104").Should().Contain("MCU-A").And.Contain("MCU-B");
        s.Mcu.Calls.Should().NotContain("Offer");
        s.Store.Wanted.Should().BeEmpty();
    });

    [Fact]
    public Task Deploy_BoardWasSwappedWhileDownloading_FailsBeforeAnythingIsOffered() => Scenario.RunAsync(async s =>
    {
        s.Store.Hook = (_, _, _) =>
        {
            s.Mcu.Model = "MCU-B";
            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, FailureReason.WrongTarget, "33F00104");
        s.Mcu.Calls.Should().NotContain("Offer");
    });

    [Fact]
    public Task Deploy_LargerThanSlot_FailsBeforeAnythingIsOffered() => Scenario.RunAsync(async s =>
    {
        s.Mcu.SlotSize = s.New.Bytes.Length - 1;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, FailureReason.TooLargeForSlot, "33F00105").Should().Contain("10000").And.Contain("9999");
        s.Mcu.Calls.Should().NotContain("Offer");
    });

    [Fact]
    public Task Deploy_LargerThanAllowed_Fails() => Scenario.RunAsync(async s =>
    {
        s.Options.MaxImageSize = 5000;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, FailureReason.ImageTooLarge, "33F00106");
    });

    [Fact]
    public Task Deploy_UnsignedAndNotAllowed_FailsWithoutTouchingAnything() => Scenario.RunAsync(async s =>
    {
        s.Options.AllowUnsigned = false;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, FailureReason.SignatureMissing, "33F00103");
        s.Store.Wanted.Should().BeEmpty();
    });

    [Fact]
    public Task Deploy_SignatureInvalid_FailsEvenWhereUnsignedIsAllowed() => Scenario.RunAsync(async s =>
    {
        s.Verifier = new FixedVerifier(VerificationOutcome.Invalid, "the key is not trusted");
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, FailureReason.SignatureInvalid, "33F00107").Should().Contain("the key is not trusted");
    });

    [Fact]
    public Task Deploy_Verified_RunsWithoutAllowUnsigned() => Scenario.RunAsync(async s =>
    {
        s.Options.AllowUnsigned = false;
        s.Verifier = new FixedVerifier(VerificationOutcome.Verified, "");
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);
    });

    [Fact]
    public Task Deploy_ManifestBroken_FailsNamingTheField() => Scenario.RunAsync(async s =>
    {
        var manifest = Deployments.Manifest(s.New);
        manifest["files"]![Deployments.FileId]!["sizeInBytes"] = "many";
        s.Start();
        s.Desire(Deployments.Desired("d", manifest));
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, FailureReason.ManifestInvalid, "33F00101").Should().Contain($"updateManifest.files.{Deployments.FileId}.sizeInBytes is \"many\"");
    });

    [Fact]
    public Task Deploy_OrderWithoutManifest_FailsAndIsNotAccepted() => Scenario.RunAsync(async s =>
    {
        var desired = Deployments.Desired("d", Deployments.Manifest(s.New));
        ((System.Text.Json.Nodes.JsonObject)desired["deviceUpdate"]!["service"]!).Remove("updateManifest");
        s.Start();
        s.Desire(desired);
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, FailureReason.ManifestInvalid, "33F00101");
        s.Observer.Acknowledgements.Should().ContainSingle().Which.Accepted.Should().BeFalse();
    });

    [Fact]
    public Task Deploy_ReferenceStep_IsUnsupported() => Scenario.RunAsync(async s =>
    {
        var manifest = Deployments.Manifest(s.New);
        manifest["instructions"]!["steps"]![0] = new System.Text.Json.Nodes.JsonObject
        {
            ["type"] = "reference", ["detachedManifestFileId"] = Deployments.FileId,
        };
        s.Start();
        s.Desire(Deployments.Desired("d", manifest));
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, FailureReason.ManifestUnsupported, "33F00102").Should().Contain("reference step");
    });

    [Theory]
    [InlineData(ContentFailure.NotFound, FailureReason.ContentNotFound, 5)]
    [InlineData(ContentFailure.Unreachable, FailureReason.ContentUnreachable, 5)]
    [InlineData(ContentFailure.TooSlow, FailureReason.ContentTooSlow, 5)]
    [InlineData(ContentFailure.StoreFull, FailureReason.StoreFull, 5)]
    [InlineData(ContentFailure.Disk, FailureReason.DiskError, 5)]
    [InlineData(ContentFailure.WrongSize, FailureReason.ContentWrongSize, 2)]
    [InlineData(ContentFailure.WrongDigest, FailureReason.ContentWrongDigest, 2)]
    public Task Download_KeepsFailing_EndsWithItsReasonAfterTheAttemptsItMayHave(ContentFailure failure, FailureReason reason, int attempts) =>
        Scenario.RunAsync(async s =>
        {
            s.Store.Hook = (_, _, _) => throw new ContentException(failure, "no content");
            s.Start();
            s.Deploy();
            await s.WaitForAsync(UpdatePhase.Failed);

            s.Store.Wanted.Should().HaveCount(attempts);
            ShouldHaveFailed(s, reason, null).Should().Contain("no content");
            s.Mcu.Calls.Should().NotContain("Offer");
        });

    [Theory]
    [InlineData("Offer", McuFailure.WrongTarget, FailureReason.WrongTarget, 1)]
    [InlineData("Offer", McuFailure.TooLarge, FailureReason.TooLargeForSlot, 1)]
    [InlineData("Offer", McuFailure.Refused, FailureReason.McuRefused, 1)]
    [InlineData("Offer", McuFailure.NotSupported, FailureReason.McuNotSupported, 1)]
    [InlineData("Offer", McuFailure.Silent, FailureReason.McuSilent, 5)]
    [InlineData("Offer", McuFailure.Garbled, FailureReason.McuGarbled, 5)]
    [InlineData("Transfer", McuFailure.SessionLost, FailureReason.McuSessionLost, 5)]
    [InlineData("Transfer", McuFailure.FlashFailed, FailureReason.McuFlashFailed, 5)]
    [InlineData("Verify", McuFailure.DigestMismatch, FailureReason.McuDigestMismatch, 5)]
    [InlineData("Verify", McuFailure.ProtocolViolation, FailureReason.McuProtocolViolation, 5)]
    [InlineData("Activate", McuFailure.Refused, FailureReason.McuRefused, 1)]
    [InlineData("Activate", McuFailure.FlashFailed, FailureReason.McuFlashFailed, 5)]
    public Task Mcu_KeepsFailing_EndsWithItsReasonAfterTheAttemptsItMayHave(string call, McuFailure failure, FailureReason reason, int attempts) =>
        Scenario.RunAsync(async s =>
        {
            s.Mcu.Before = (c, _) => c == call ? throw new McuException(failure, "it failed") : Task.CompletedTask;
            s.Start();
            s.Deploy();
            await s.WaitForAsync(UpdatePhase.Failed);

            s.Mcu.Count(call).Should().Be(attempts);
            ShouldHaveFailed(s, reason, null).Should().Contain("it failed");
            s.Mcu.Running.Should().Be(s.Old);
            s.Status.Attempt.Should().Be(attempts);
        });

    [Theory]
    [InlineData(McuFailure.Garbled, FailureReason.McuGarbled)]
    [InlineData(McuFailure.AddressConflict, FailureReason.McuAddressConflict)]
    public Task Identify_AnswersMakeNoSense_FailsAfterAllAttempts(McuFailure failure, FailureReason reason) => Scenario.RunAsync(async s =>
    {
        s.Mcu.Before = (_, _) => throw new McuException(failure, "noise");
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, reason, null);
        s.Status.Link.Should().Be(McuLinkState.Offline);
    });

    [Fact]
    public Task Verify_DigestMismatch_NextAttemptStartsAfresh() => Scenario.RunAsync(async s =>
    {
        s.Mcu.Before = (c, _) => c == "Verify" && s.Mcu.Count("Verify") == 1
            ? throw new McuException(McuFailure.DigestMismatch, "bits fell over")
            : Task.CompletedTask;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.BytesSent.Should().Be(2 * s.New.Bytes.Length);
        s.Status.Attempt.Should().Be(2);
        s.Status.LastError.Should().Be(FailureReason.None);
    });

    [Fact]
    public Task Step_ErrorNobodyForesaw_IsAFailedAttempt() => Scenario.RunAsync(async s =>
    {
        s.Mcu.Before = (c, _) => c == "Offer" ? throw new InvalidCastException("a bug") : Task.CompletedTask;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, FailureReason.Internal, "33F00701").Should().Contain("a bug");
    });

    [Fact]
    public Task Journal_ErrorNobodyForesaw_GoesOnAsAfterARestart() => Scenario.RunAsync(async s =>
    {
        var isBroken = true;
        s.Journal.BeforeSave = (_, state) =>
        {
            if (isBroken && state.Active?.Phase == UpdatePhase.Verifying)
            {
                isBroken = false;
                throw new KilledException();
            }
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Logs.Lines.Should().Contain(l => l.StartsWith("Error 3207"));
        s.Mcu.Count("Activate").Should().Be(1);
    });

    [Fact]
    public Task Journal_DiskFull_NothingIsOfferedAndItGoesOnLater() => Scenario.RunAsync(async s =>
    {
        var isFull = true;
        s.Journal.BeforeSave = (_, _) =>
        {
            if (isFull)
            {
                throw new JournalException("disk full");
            }
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.WaitingToRetry);

        s.Status.LastError.Should().Be(FailureReason.DiskError);
        s.Store.Wanted.Should().BeEmpty();
        isFull = false;
        await s.WaitForAsync(UpdatePhase.Succeeded);
    });

    [Fact]
    public Task Journal_FailsBeforeActivation_IsNotActivated() => Scenario.RunAsync(async s =>
    {
        s.Journal.BeforeSave = (_, state) =>
        {
            if (state.Active?.Phase == UpdatePhase.Activating)
            {
                throw new JournalException("disk full");
            }
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        ShouldHaveFailed(s, FailureReason.DiskError, "33F00207");
        s.Mcu.Calls.Should().NotContain("Activate");
    });

    [Fact]
    public Task Details_OfManyErrors_FitTheTwin() => Scenario.RunAsync(async s =>
    {
        var manifest = Deployments.Manifest(s.New);
        for (var i = 0; i < 19; i++)
        {
            manifest["files"]![$"file-with-a-rather-long-id-{i}"] = new System.Text.Json.Nodes.JsonObject();
        }

        s.Start();
        s.Desire(Deployments.Desired("d", manifest));
        await s.WaitForAsync(UpdatePhase.Failed);

        var result = s.Observer.Reports[^1].ToPatch()["deviceUpdate"]!["agent"]!["lastInstallResult"]!;
        result["resultDetails"]!.GetValue<string>().Length.Should().Be(AgentReport.MaxDetails);
    });

    /// <returns>The details of the report.</returns>
    private static string ShouldHaveFailed(Scenario s, FailureReason reason, string? code)
    {
        var report = s.Observer.Ends.Should().ContainSingle().Subject;
        report.State.Should().Be(AgentState.Failed);
        report.ResultCode.Should().Be(0);
        report.Installed.Should().BeNull();
        report.ResultDetails.Should().StartWith($"{reason}: ");
        report.ExtendedResultCode.Should().Be(ExtendedResultCode.OfGateway((int)reason));
        if (code is not null)
        {
            report.ExtendedResultCode.ToString().Should().Be(code);
        }

        s.Status.LastError.Should().Be(reason);
        s.Mcu.BootState.Should().Be(BootState.Confirmed);
        return report.ResultDetails!;
    }
}
