using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Edge.Outgoing;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>
/// Brings copies of twins up to date. As in edgeHub, reconnects alone do not lead to it more often than once in a while, so that fast flaps can miss a change
/// until the next one.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TwinSynchronizer(OutgoingStore store, TimeSpan minPeriod, TimeProvider time)
{
    private readonly ConcurrentDictionary<IdentityName, DateTimeOffset> _last = new();

    /// <summary>Whether a reconnect may bring a twin up to date.</summary>
    public bool IsDue(IdentityName client) => !_last.TryGetValue(client, out var last) || time.GetUtcNow() >= last + minPeriod;

    /// <summary>Takes over a twin from above. Reports it may lack are merged into it.</summary>
    public void Adopt(HubIdentity client, TwinDocument twin)
    {
        _last[client.Name] = time.GetUtcNow();
        var queue = store.For(client.Name);
        lock (queue.Gate)
        {
            var reported = twin.Reported;
            foreach (var patch in queue.MayLack(time.GetUtcNow()))
            {
                reported = JsonMergePatch.Applied(reported, patch);
            }

            client.Twin.Adopt(twin.Desired, twin.DesiredVersion, reported, twin.ReportedVersion);
        }
    }

    /// <summary>Takes a patch of the client: merged into the copy, and to be sent.</summary>
    public void Report(HubIdentity client, JsonObject patch) => store.AddReport(client.Name, patch, () => client.Twin.PatchReported(patch));

    /// <summary>After a start: what waits is in the copies again, had it been lost there.</summary>
    public void Restore(HubIdentity client)
    {
        var queue = store.For(client.Name);
        lock (queue.Gate)
        {
            foreach (var report in queue.QueuedReports)
            {
                client.Twin.PatchReported(report.Patch);
            }
        }
    }
}
