using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Failures;
using EdgeGateway.Firmware.Workflow.Journal;

namespace EdgeGateway.Firmware.Tests.Workflow.Failures;

public sealed class AttemptLimitsTests
{
    private static readonly FirmwareOptions Options = new() { MaxAttempts = 3, RollBackRetries = 1 };

    [Theory]
    [InlineData("Attempt", 1, false, UpdateEvent.AttemptFailed, 2)]
    [InlineData("Attempt", 3, false, UpdateEvent.GaveUp, 3)]
    [InlineData("Attempt", 3, true, UpdateEvent.AttemptFailed, 3)]
    [InlineData("Permanent", 1, true, UpdateEvent.GaveUp, 1)]
    [InlineData("Once", 1, false, UpdateEvent.AttemptFailed, 2)]
    [InlineData("Absent", 3, false, UpdateEvent.McuAbsent, 3)]
    [InlineData("RolledBack", 1, false, UpdateEvent.AttemptFailed, 2)]
    [InlineData("RolledBack", 3, false, UpdateEvent.GaveUp, 3)]
    public void Judge_ByKind(string kind, int attempt, bool gotFurther, UpdateEvent happened, int attemptAfter)
    {
        var failure = new Failure(FailureReason.McuGarbled, "x", Enum.Parse<FailureKind>(kind));

        var (judged, active) = AttemptLimits.Judge(Active(UpdatePhase.Transferring) with { Attempt = attempt }, failure, gotFurther, Options);

        (judged, active.Attempt, active.LastError, active.LastErrorText).Should().Be((happened, attemptAfter, FailureReason.McuGarbled, "x"));
    }

    [Theory]
    [InlineData(FailureReason.McuSilent)]
    [InlineData(FailureReason.McuSessionLost)]
    public void Judge_McuLostAfterItGotFurther_IsLookedForAtOnce(FailureReason reason) =>
        AttemptLimits.Judge(Active(UpdatePhase.Transferring), new Failure(reason, "x", FailureKind.Attempt), true, Options).Event
            .Should().Be(UpdateEvent.McuAbsent);

    [Fact]
    public void Judge_SameOnceAgain_GivesUp()
    {
        var failure = new Failure(FailureReason.ContentWrongDigest, "x", FailureKind.Once);
        var (_, active) = AttemptLimits.Judge(Active(UpdatePhase.Downloading), failure, false, Options);

        AttemptLimits.Judge(active, failure, true, Options).Event.Should().Be(UpdateEvent.GaveUp);
    }

    [Fact]
    public void Judge_EveryFailureInEveryWorkingPhase_LeadsSomewhere()
    {
        foreach (var phase in Enum.GetValues<UpdatePhase>().Where(p => UpdateTransitions.Next(p, UpdateEvent.AttemptFailed) is not null))
        {
            foreach (var kind in Enum.GetValues<FailureKind>())
            {
                var (happened, _) = AttemptLimits.Judge(Active(phase), new Failure(FailureReason.McuSilent, "x", kind), true, Options);
                UpdateTransitions.Next(phase, happened).Should().NotBeNull($"{kind} in {phase}");
            }
        }
    }

    private static ActiveUpdate Active(UpdatePhase phase) => new()
    {
        Service = new DesiredService { Workflow = new WorkflowOrder(WorkflowAction.ProcessDeployment, "w", null) },
        Phase = phase,
    };
}
