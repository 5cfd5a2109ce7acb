using EdgeGateway.Simulators.Demo.Deployment;

namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>Decides whether a microcontroller is updated: both it and its twin must say so.</summary>
public static class Judge
{
    private const int AgentIdle = 0;
    private const int AgentFailed = 255;

    // idle: the gateway was started again after this one was done
    private static readonly string[] AtRest = ["Succeeded", "Idle"];

    public static Outcome Decide(DeploymentOrder order, McuTwin twin, McuTruth? truth)
    {
        List<string> missing = [.. MissingInTruth(order, truth), .. MissingInTwin(order, twin)];
        if (missing.Count == 0)
        {
            return new Outcome(OutcomeState.Succeeded, missing);
        }

        var failed = twin.AgentState == AgentFailed && twin.WorkflowId == order.WorkflowId;
        return new Outcome(failed ? OutcomeState.Failed : OutcomeState.Pending, missing);
    }

    private static IEnumerable<string> MissingInTruth(DeploymentOrder order, McuTruth? truth)
    {
        var digest = Convert.ToHexStringLower(order.Image.Digest);
        if (truth is null)
        {
            yield return "the simulator has no state of it";
        }
        else if (truth.Digest != digest)
        {
            yield return $"it runs version {truth.Version} (digest {Short(truth.Digest)}..), not the new image (digest {Short(digest)}..)";
        }
        else if (!truth.IsConfirmed)
        {
            yield return $"it runs the new image, but its boot state is {truth.BootState}, not confirmed";
        }
    }

    private static IEnumerable<string> MissingInTwin(DeploymentOrder order, McuTwin twin)
    {
        if (twin.WorkflowId != order.WorkflowId)
        {
            yield return $"its twin speaks of deployment {twin.WorkflowId ?? "(none)"}, not of {order.WorkflowId}";
        }
        else if (twin.AgentState != AgentIdle)
        {
            yield return $"its twin's agent state is {twin.AgentState?.ToString() ?? "(none)"}, not {AgentIdle}";
        }
        else if (twin.Installed != order.Update)
        {
            yield return $"its twin says {twin.Installed?.ToString() ?? "nothing"} is installed, not {order.Update}";
        }

        if (!AtRest.Contains(twin.Phase))
        {
            yield return $"its phase is {twin.Phase ?? "(none)"}, not {AtRest[0]}";
        }
    }

    private static string Short(string digest) => digest[..Math.Min(8, digest.Length)];
}
