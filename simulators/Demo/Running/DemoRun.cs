using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Deployment;
using EdgeGateway.Simulators.Demo.Display;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>One run of the demo on a started site: rolls an image out and follows it to the end.</summary>
/// <param name="site">What runs.</param>
/// <param name="time">Clock.</param>
public sealed class DemoRun(ISite site, TimeProvider time)
{
    private static readonly TimeSpan FoundBasis = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FoundPerMcu = TimeSpan.FromSeconds(1);
    private bool _killed;
    private TimeSpan _cpuBefore;
    private long _originBefore;

    /// <summary>Size of the image; after <see cref="FollowAsync"/>.</summary>
    public int ImageBytes { get; private set; }

    /// <summary>What the update has cost the gateway so far.</summary>
    public async Task<ProcessUsage> GatewayCostAsync(CancellationToken cancellation)
    {
        var usage = await site.GatewayUsageAsync(cancellation);
        return usage with { Cpu = usage.Cpu - _cpuBefore };
    }

    /// <summary>Bytes the origin has served for the update so far.</summary>
    public async Task<long> OriginBytesAsync(CancellationToken cancellation) => await site.Origin.BytesServedAsync(cancellation) - _originBefore;

    /// <summary>Follows the deployment until every microcontroller has come to an end, or time is up.</summary>
    /// <param name="given">The image; null for one that is made.</param>
    /// <param name="view">Shows it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The last look at the fleet.</returns>
    public async Task<FleetSnapshot> FollowAsync(FirmwareImage? given, IProgressSink view, CancellationToken cancellation)
    {
        var options = site.Options;
        var watcher = new FleetWatcher(site.McuIds, site.Hub, site.Truths, time);
        var target = await watcher.WaitForClassAsync(FoundBasis + options.Mcus * FoundPerMcu, cancellation);
        var version = NextVersion.After(watcher.VersionsBefore);
        var image = given ?? FirmwareImage.Generate(options.Seed, version, options.ImageSize);
        var update = new UpdateId("Contoso", "Mcu", version.ToString());
        var order = new DeploymentOrder(
            Guid.NewGuid().ToString(), update, target, image, await site.Origin.PublishAsync(image, cancellation), time.GetUtcNow());
        view.Note($"All {options.Mcus} microcontrollers ({target.Manufacturer} {target.Model}) are at the hub.");
        view.Note($"Deployment {order.WorkflowId} of {update}, {image.Size} bytes.");
        _cpuBefore = (await site.GatewayUsageAsync(cancellation)).Cpu;
        _originBefore = await site.Origin.BytesServedAsync(cancellation);
        ImageBytes = image.Size;
        var start = time.GetTimestamp();
        await OrderAsync(order, cancellation);

        var limit = TimeLimit.For(options, image.Size);
        while (true)
        {
            var fleet = await watcher.LookAsync(order, time.GetElapsedTime(start), cancellation) with { Links = site.Links };
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
        if (!site.Options.KillGateway)
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
