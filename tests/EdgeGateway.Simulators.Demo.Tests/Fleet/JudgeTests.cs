using EdgeGateway.Simulators.Demo.Deployment;
using EdgeGateway.Simulators.Demo.Fleet;

namespace EdgeGateway.Simulators.Demo.Tests.Fleet;

public sealed class JudgeTests
{
    [Fact]
    public void Decide_BothSaySo_Succeeded() =>
        Judge.Decide(Some.Order, Some.DoneTwin, Some.NewTruth).State.Should().Be(OutcomeState.Succeeded);

    [Fact]
    public void Decide_OldImageRuns_IsNotDoneWhateverTheTwinSays() =>
        Pending(Some.DoneTwin, Some.OldTruth).Should().StartWith("it runs version 1.0.0 (digest 00000000..), not the new image");

    [Fact]
    public void Decide_OnTrial_IsNotDone() =>
        Pending(Some.DoneTwin, Some.NewTruth with { BootState = "trial" }).Should().Contain("boot state is trial");

    [Fact]
    public void Decide_NoState_IsNotDone() => Pending(Some.DoneTwin, null).Should().Be("the simulator has no state of it");

    [Fact]
    public void Decide_TwinOfAnotherDeployment_IsNotDone() =>
        Pending(Some.DoneTwin with { WorkflowId = "w-0" }, Some.NewTruth).Should().Be("its twin speaks of deployment w-0, not of w-1");

    [Fact]
    public void Decide_TwinStillInProgress_IsNotDone() =>
        Pending(Some.DoneTwin with { AgentState = 6 }, Some.NewTruth).Should().Be("its twin's agent state is 6, not 0");

    [Fact]
    public void Decide_OtherUpdateInstalled_IsNotDone() =>
        Pending(Some.DoneTwin with { Installed = new UpdateId("Contoso", "Mcu", "1.0.0") }, Some.NewTruth)
            .Should().Be("its twin says Contoso/Mcu/1.0.0 is installed, not Contoso/Mcu/2.0.0");

    [Fact]
    public void Decide_PhaseIsNoEnd_IsNotDone() =>
        Pending(Some.DoneTwin with { Phase = "Confirming" }, Some.NewTruth).Should().Be("its phase is Confirming, not Succeeded");

    [Fact]
    public void Decide_AgentFailed_Failed() =>
        Judge.Decide(Some.Order, Some.DoneTwin with { AgentState = 255 }, Some.OldTruth).State.Should().Be(OutcomeState.Failed);

    [Fact]
    public void Decide_AgentFailedInAnEarlierDeployment_IsPending() =>
        Judge.Decide(Some.Order, Some.DoneTwin with { AgentState = 255, WorkflowId = "w-0" }, Some.OldTruth).State
            .Should().Be(OutcomeState.Pending);

    private static string Pending(McuTwin twin, McuTruth? truth)
    {
        var outcome = Judge.Decide(Some.Order, twin, truth);
        outcome.State.Should().Be(OutcomeState.Pending);
        return outcome.Missing.Should().ContainSingle().Subject;
    }
}
