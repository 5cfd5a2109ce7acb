using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections;

/// <summary>
/// One device or module identity at the hub: kept connected from <see cref="Start"/> until it is disposed, however often the line drops.
/// What arrives goes to the <see cref="IDeviceHandler"/> given at creation.
/// </summary>
/// <remarks>Thread-safe. Every awaited call is bounded by <see cref="HubOptions.OperationTimeout"/> and by its token.</remarks>
public interface IDeviceConnection : IAsyncDisposable
{
    DeviceIdentity Identity { get; }

    ConnectionState State { get; }

    /// <summary>Begins to connect; returns at once. Calling it twice is fine.</summary>
    void Start();

    /// <summary>Reads the whole twin from the hub.</summary>
    /// <exception cref="HubException">Not connected in time, refused, or throttled.</exception>
    Task<TwinDocument> GetTwinAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Merges a patch into what is to be reported; returns at once. Patches are sent in order, coalesced (the last value of a property wins), at most one
    /// message per <see cref="HubOptions.ReportInterval"/>, and again after a reconnect until the hub has acknowledged them.
    /// </summary>
    /// <param name="patch">JSON merge patch of the reported section: null removes a property.</param>
    /// <param name="milestone">
    /// Marks a report that must arrive in its place, once, whatever is reported later; with a folder for it, also after a restart. Null for the others.
    /// </param>
    void Report(JsonObject patch, ReportMilestone? milestone = null);

    /// <summary>What still waits for the hub.</summary>
    ReportBacklog Backlog { get; }

    /// <summary>Completes when the hub has acknowledged everything reported before the call.</summary>
    Task FlushReportsAsync(CancellationToken cancellationToken);

    /// <summary>Sends a telemetry message; completes when the hub has acknowledged it (at least once).</summary>
    Task SendAsync(DeviceMessage message, CancellationToken cancellationToken);
}
