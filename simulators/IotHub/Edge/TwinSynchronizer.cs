using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Edge.Outgoing;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>
/// Updates the copies of twins. As in edgeHub, reconnects lead to an update only after a shortest time, so that a change between two fast reconnects can be
/// missed until the next change.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TwinSynchronizer(OutgoingStore store, TimeSpan minPeriod, TimeProvider time)
{
    private readonly ConcurrentDictionary<IdentityName, DateTimeOffset> _last = new();

    /// <summary>Returns whether a twin may be read after a reconnect.</summary>
    public bool IsDue(IdentityName client) => !_last.TryGetValue(client, out var last) || time.GetUtcNow() >= last + minPeriod;

    /// <summary>Copies a twin of the hub above. Reports that it may not contain yet are merged into the copy.</summary>
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

    /// <summary>Merges a client's report into the copy and queues it.</summary>
    public void Report(HubIdentity client, JsonObject patch) => store.AddReport(client.Name, patch, () => client.Twin.PatchReported(patch));

    /// <summary>Merges queued reports into the copy after a start: the copy on disk may be older.</summary>
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
