using EdgeGateway.Scenarios.Site;
using EdgeGateway.Serial;
using EdgeGateway.Simulators.Mcu.Node;

namespace EdgeGateway.Scenarios.Nested.Site;

/// <summary>How a rollout in a plant may end: what the hub's twins say is compared with what the microcontrollers run.</summary>
internal static class PlantOutcomes
{
    private const int Idle = 0;
    private const int Failed = 255;

    /// <summary>Waits until microcontrollers run the image for good and the hub has heard of it.</summary>
    public static async Task SucceedsAsync(this Plant plant, Deployment deployment, params IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            var twin = await plant.EndsAsync(deployment, id);
            twin.AgentState.Should().Be(Idle, "{0}: {1}", id, twin);
        }
    }

    /// <summary>Waits for any end of a deployment, and checks that the twin tells the truth about it.</summary>
    public static async Task<TwinState> EndsAsync(this Plant plant, Deployment deployment, string id)
    {
        var watch = plant.Twin(id);
        var twin = await watch.WaitAsync(t => t.WorkflowId == deployment.WorkflowId
            && ((t.AgentState == Idle && t.Phase == "Succeeded") || (t.AgentState == Failed && t.Phase == "Failed")));
        var truth = await plant.TruthAsync(id);
        if (twin.AgentState == Idle)
        {
            twin.Installed.Should().Be(deployment.InstalledUpdateId);
            twin.ResultCode.Should().Be(700);
            truth.RunningDigest.Should().Be(deployment.Image.Digest);
            truth.BootState.Should().Be(BootState.Confirmed);
        }
        else
        {
            twin.Error.Should().NotBeNullOrEmpty();
            twin.ErrorText.Should().NotBeNullOrEmpty();
            twin.ResultCode.Should().Be(0);
            truth.RunningDigest.Should().NotBe(deployment.Image.Digest, "a failure that is reported is one: {0}", twin);
        }

        watch.Reports.Where(patch => patch.WorkflowId == deployment.WorkflowId && patch.AgentState is Idle or Failed)
            .Should().ContainSingle("the end of a deployment is reported once: {0}", id);
        return twin;
    }
}
