using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial;
using EdgeGateway.Simulators.Mcu.Node;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Scenarios.Site;

/// <summary>How scenarios may end: what the twin claims is compared with what the microcontroller really runs.</summary>
internal static class Outcomes
{
    private const int Transition = 3210;
    private const int StepFailed = 3211;

    /// <summary>Waits until microcontrollers run the image for good and their twins say so; all if none is named.</summary>
    public static async Task SucceedsAsync(this ScenarioSite site, Deployment deployment, params string[] ids)
    {
        foreach (var id in ids.Length > 0 ? ids : site.McuIds)
        {
            var twin = await site.Twin(id).WaitAsync(t => t.AgentState == 0 && t.WorkflowId == deployment.WorkflowId && t.Phase == "Succeeded");
            twin.Installed.Should().Be(deployment.InstalledUpdateId);
            twin.ResultCode.Should().Be(700);
            twin.RetryTimestamp.Should().Be(deployment.RetryTimestamp);
            twin.Error.Should().BeNull();
            var truth = await site.Fleet.WaitForAsync(id, t => t.IsUp, CancellationToken.None).WaitAsync(ChangeSignal.Patience);
            truth.RunningDigest.Should().Be(deployment.Image.Digest);
            truth.BootState.Should().Be(BootState.Confirmed);
        }
    }

    /// <summary>Waits until the deployment has failed for this reason, and checks that the microcontroller still runs what it ran before.</summary>
    /// <param name="site">The site.</param>
    /// <param name="deployment">What fails.</param>
    /// <param name="id">Where.</param>
    /// <param name="reason">Why.</param>
    /// <param name="before">What ran before.</param>
    public static async Task<TwinState> FailsAsync(
        this ScenarioSite site, Deployment deployment, string id, FailureReason reason, McuSnapshot before)
    {
        var twin = await site.Twin(id).WaitAsync(t => t.AgentState == 255 && t.WorkflowId == deployment.WorkflowId && t.Phase == "Failed");
        twin.Error.Should().Be(reason.ToString(), twin.ErrorText);
        twin.ErrorText.Should().NotBeNullOrEmpty();
        twin.ResultCode.Should().Be(0);
        twin.ResultDetails.Should().StartWith($"{reason}: ");
        twin.ExtendedResultCodes.Should().Be($"{0x33F0_0000 | (int)reason:X8}");
        (await site.Log.WaitAsync(StepFailed, $": {reason}: ")).Level.Should().Be(LogLevel.Warning);
        site.StillRuns(id, before);
        return twin;
    }

    /// <summary>Waits until the deployment is held up for this reason, goes on trying, and the twin tells why.</summary>
    public static async Task<TwinState> IsHeldUpAsync(this ScenarioSite site, Deployment deployment, string id, FailureReason reason)
    {
        var twin = await site.Twin(id).WaitAsync(t => t.AgentState == 6 && t.WorkflowId == deployment.WorkflowId && t.Error == reason.ToString());
        twin.ErrorText.Should().NotBeNullOrEmpty();
        (await site.Log.WaitAsync(StepFailed, $": {reason}: ")).Level.Should().Be(LogLevel.Warning);
        return twin;
    }

    /// <summary>No microcontroller was offered anything, so none has erased anything.</summary>
    public static void NothingWasOffered(this ScenarioSite site) =>
        site.Log.Entries.Should().NotContain(entry => entry.EventId == Transition && entry.Message.Contains("-> Offering", StringComparison.Ordinal));

    /// <summary>The microcontroller boots and runs the image it ran before.</summary>
    public static void StillRuns(this ScenarioSite site, string id, McuSnapshot before)
    {
        var truth = site.Truth(id);
        truth.RunningDigest.Should().Be(before.RunningDigest);
        truth.RunningVersion.Should().Be(before.RunningVersion);
        truth.BootState.Should().BeOneOf(BootState.Confirmed, BootState.RolledBack);
    }
}
