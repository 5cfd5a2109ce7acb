using EdgeGateway.Simulators.Demo.Deployment;
using EdgeGateway.Simulators.Demo.Hub;

namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>Looks at the fleet: at every twin through the hub's service API, and at what the microcontrollers run.</summary>
/// <param name="ids">The fleet.</param>
/// <param name="hub">Where the twins are.</param>
/// <param name="truths">Where the truth is.</param>
/// <param name="time">Clock of waits.</param>
public sealed class FleetWatcher(IReadOnlyList<string> ids, HubServiceClient hub, IMcuTruths truths, TimeProvider time)
{
    private const int ParallelCalls = 8;
    private const int NamedAtMost = 5;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PausePerMcu = TimeSpan.FromMilliseconds(8);
    private Dictionary<string, string> _from = [];

    /// <summary>Versions that ran when all were found.</summary>
    public IEnumerable<string> VersionsBefore => _from.Values;

    /// <summary>Waits until the twin of every microcontroller names its class: the gateway has then found all of them.</summary>
    /// <param name="limit">Longest wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DemoFailedException">Some were not found in time, or are of different classes.</exception>
    public async Task<DeviceClass> WaitForClassAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var twins = await ReadTwinsAsync(cancellation);
            var missing = twins.Where(t => t.Twin.Class is null).ToList();
            if (missing.Count == 0)
            {
                _from = (await truths.ReadAsync(ids, cancellation)).ToDictionary(truth => truth.Key, truth => truth.Value.Version);
                var classes = twins.Select(t => t.Twin.Class!).Distinct().ToList();
                return classes.Count == 1
                    ? classes[0]
                    : throw new DemoFailedException(
                        $"the microcontrollers are of {classes.Count} classes ({string.Join(", ", classes)}); expected one");
            }

            if (time.GetElapsedTime(start) > limit)
            {
                throw new DemoFailedException(
                    $"{missing.Count} of {ids.Count} microcontrollers did not report what they are within {limit.TotalSeconds:0} s: "
                    + string.Join("; ", missing.Take(NamedAtMost).Select(
                        m => $"{m.Id} ({m.Twin.LinkText ?? m.Twin.Link ?? "its twin reports nothing"})")));
            }

            await PauseAsync(cancellation);
        }
    }

    /// <summary>The fleet now.</summary>
    /// <param name="order">The deployment that is waited for.</param>
    /// <param name="elapsed">Time since it was ordered.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<FleetSnapshot> LookAsync(DeploymentOrder order, TimeSpan elapsed, CancellationToken cancellation)
    {
        var twins = await ReadTwinsAsync(cancellation);
        var known = await truths.ReadAsync(ids, cancellation);
        var mcus = twins.Select(t =>
        {
            var truth = known.GetValueOrDefault(t.Id);
            return new McuStatus(t.Id, _from.GetValueOrDefault(t.Id, ""), t.Twin, truth, Judge.Decide(order, t.Twin, truth));
        });
        return new FleetSnapshot([.. mcus], elapsed);
    }

    /// <summary>The wait between two looks: longer for a large fleet, so that looking stays a small part of the hub's work.</summary>
    public Task PauseAsync(CancellationToken cancellation)
    {
        var pause = ids.Count * PausePerMcu;
        return Task.Delay(pause > ShortestPause ? pause : ShortestPause, time, cancellation);
    }

    private async Task<IReadOnlyList<(string Id, McuTwin Twin)>> ReadTwinsAsync(CancellationToken cancellation)
    {
        var twins = new (string, McuTwin)[ids.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelCalls, CancellationToken = cancellation };
        await Parallel.ForAsync(0, ids.Count, options, async (i, stop) =>
        {
            twins[i] = (ids[i], TwinReader.Read(await hub.GetTwinAsync(ids[i], stop)));
        });
        return twins;
    }
}
