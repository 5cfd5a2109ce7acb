using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections;

/// <summary>
/// Connects one device or module identity to the hub, from <see cref="Start"/> until it is disposed, across any number of reconnects.
/// </summary>
/// <remarks>Thread-safe. Every awaited call is bounded by <see cref="HubOptions.OperationTimeout"/> and by its token.</remarks>
public interface IDeviceConnection : IAsyncDisposable
{
    DeviceIdentity Identity { get; }

    ConnectionState State { get; }

    /// <summary>Begins to connect and returns at once. A second call has no effect.</summary>
    /// <param name="handler">
    /// Receives what the hub sends. Cloud-to-device messages are subscribed only for an <see cref="IMessageHandler"/>; without one they stay in the
    /// queue of the hub.
    /// </param>
    void Start(IDeviceHandler handler);

    /// <summary>Reads the whole twin from the hub.</summary>
    /// <exception cref="HubException">Not connected in time, refused, or throttled.</exception>
    Task<TwinDocument> GetTwinAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Merges a patch into what is to be reported, and returns at once. Patches are sent in order, coalesced (the last value of a property wins), at most one
    /// message per <see cref="HubOptions.ReportInterval"/>, and again after a reconnect until the hub has acknowledged them.
    /// </summary>
    /// <param name="patch">JSON merge patch of the reported section: null removes a property.</param>
    /// <param name="milestone">
    /// Marks a report that must arrive itself, once and in order, although later reports follow; with an outbox folder also after a restart. Null for
    /// all other reports.
    /// </param>
    void Report(JsonObject patch, ReportMilestone? milestone = null);

    /// <summary>
    /// Reports the whole state of one component and returns at once. The outbox sends what differs from what the hub has, and removes what is no
    /// longer in <paramref name="state"/>; after each read of the twin it compares again. Coalesced with other reports as in <see cref="Report"/>.
    /// Has no effect once the connection is being closed.
    /// </summary>
    /// <param name="component">Name of a top-level property of the reported section.</param>
    /// <param name="state">All its properties.</param>
    void Set(string component, JsonObject state);

    /// <summary>Gets what still waits for the hub.</summary>
    ReportBacklog Backlog { get; }

    /// <summary>Completes when the hub has acknowledged everything reported before the call.</summary>
    Task FlushReportsAsync(CancellationToken cancellationToken);

    /// <summary>Sends a telemetry message; completes when the hub has acknowledged it (at least once).</summary>
    Task SendAsync(DeviceMessage message, CancellationToken cancellationToken);
}

/// <summary>Makes connections; an adapter on another device client can stand here.</summary>
public interface IDeviceConnectionFactory
{
    /// <summary>Makes a connection that is not started yet.</summary>
    IDeviceConnection Create(DeviceIdentity identity);
}

/// <summary>Where a connection stands.</summary>
public enum ConnectionState
{
    /// <summary>Not started, or disposed.</summary>
    Stopped,

    /// <summary>Under way for the first time or again, or waiting to try again.</summary>
    Connecting,

    /// <summary>The hub accepted the identity.</summary>
    Connected,
}

/// <summary>A change of a connection.</summary>
/// <param name="State">Where it stands now.</param>
/// <param name="Failure">
/// Why the last attempt or connection ended; with <see cref="ConnectionState.Connected"/>, why reported properties were dropped; else null.
/// </param>
/// <param name="Detail">The same in plain words; null if there is nothing to say.</param>
public sealed record ConnectionStatus(ConnectionState State, HubFailure? Failure = null, string? Detail = null);

/// <summary>What still waits for the hub.</summary>
/// <param name="Milestones">Reports that must each arrive.</param>
/// <param name="Bytes">Size of everything that waits, as JSON.</param>
/// <param name="OldestAt">When the oldest of it was reported; null where nothing waits.</param>
public readonly record struct ReportBacklog(int Milestones, long Bytes, DateTimeOffset? OldestAt);

/// <summary>Marks a report that must reach the hub as it is, in its place: nothing that is reported later is folded into it.</summary>
/// <param name="Core">What it says, without what is reported along with it: found in the twin, it has arrived.</param>
/// <param name="Key">Names it for ever: a second report under the same key is left out. Null where the same may be said again.</param>
public sealed record ReportMilestone(JsonObject Core, string? Key);
