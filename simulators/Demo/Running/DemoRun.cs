using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Deployment;
using EdgeGateway.Simulators.Demo.Display;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>One run of the demo on a started site: rolls an image out and follows it to the end.</summary>
/// <param name="options">What is asked.</param>
/// <param name="site">What runs.</param>
/// <param name="time">Clock.</param>
public sealed class DemoRun(DemoOptions options, Site site, TimeProvider time)
{
    private static readonly TimeSpan FoundBasis = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FoundPerMcu = TimeSpan.FromSeconds(1);
    private static readonly UpdateId Update = new("Contoso", "Mcu", "2.0.0");
    private bool _killed;
    private TimeSpan _cpuBefore;

    /// <summary>What the update has cost the gateway so far.</summary>
    public ProcessUsage GatewayCost
    {
        get
        {
            var usage = site.GatewayUsage;
            return usage with { Cpu = usage.Cpu - _cpuBefore };
        }
    }

    /// <summary>Follows the deployment until every microcontroller has come to an end, or time is up.</summary>
    /// <returns>The last look at the fleet.</returns>
    public async Task<FleetSnapshot> FollowAsync(FirmwareImage image, IProgressSink view, CancellationToken cancellation)
    {
        var watcher = new FleetWatcher(site.McuIds, site.Hub, site.State, time);
        var target = await watcher.WaitForClassAsync(FoundBasis + options.Mcus * FoundPerMcu, cancellation);
        var order = new DeploymentOrder(
            Guid.NewGuid().ToString(), Update, target, image, await site.Origin.PublishAsync(image, cancellation), time.GetUtcNow());
        view.Note($"All {options.Mcus} microcontrollers ({target.Manufacturer} {target.Model}) are at the hub.");
        view.Note($"Deployment {order.WorkflowId} of {Update}, {image.Size} bytes.");
        var start = time.GetTimestamp();
        _cpuBefore = site.GatewayUsage.Cpu;
        await OrderAsync(order, cancellation);

        var limit = TimeLimit.For(options, image.Size);
        while (true)
        {
            var fleet = await watcher.LookAsync(order, time.GetElapsedTime(start), cancellation);
            view.Update(fleet);
            if (fleet.IsOver)
            {
                return fleet;
            }

            if (fleet.Elapsed > limit)
            {
                view.Note($"Not all are updated after {limit.TotalSeconds:0} s; giving up (--timeout sets another limit).");
                return fleet;
            }

            if (options.KillGateway && !_killed && KillPoint.IsReached(fleet))
            {
                await KillAndRestartAsync(view);
            }

            await watcher.PauseAsync(cancellation);
        }
    }

    /// <summary>What the run should have shown and did not; null if nothing is missing.</summary>
    public string? MissingProof(FleetSnapshot fleet)
    {
        if (!options.KillGateway)
        {
            return null;
        }

        if (!_killed)
        {
            return "The gateway was not killed: no microcontroller was seen in mid-transfer. Take a larger image or slower lines.";
        }

        return fleet.Mcus.Any(mcu => mcu.Twin.Transfer is { ResumedAt: > 0 })
            ? null
            : "The gateway was killed in mid-transfer, but no transfer went on where it had stood.";
    }

    private Task OrderAsync(DeploymentOrder order, CancellationToken cancellation) =>
        Parallel.ForEachAsync(site.McuIds, cancellation, async (id, stop) => await site.Hub.PatchDesiredAsync(id, order.ToDesired(), stop));

    private async Task KillAndRestartAsync(IProgressSink view)
    {
        _killed = true;
        await site.KillGatewayAsync();
        view.Note("The gateway was killed in mid-transfer (kill -9); starting it again.");
        await site.RestartGatewayAsync();
        _cpuBefore = TimeSpan.Zero;
    }
}
