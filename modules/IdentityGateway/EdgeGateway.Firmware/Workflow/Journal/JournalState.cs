using EdgeGateway.Firmware.DeviceUpdate;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>All that is remembered of one microcontroller's updates.</summary>
public sealed record JournalState
{
    /// <summary>Form of the file; another one is set aside.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Updates that are kept after their end.</summary>
    public const int MaxFinished = 20;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The update under way; null where there is none.</summary>
    public ActiveUpdate? Active { get; init; }

    /// <summary>The last updates, newest first.</summary>
    public IReadOnlyList<FinishedUpdate> Finished { get; init; } = [];

    /// <summary>The state after the update under way has ended.</summary>
    public JournalState Finish(FinishedUpdate finished) => this with
    {
        Active = null,
        Finished = [finished, .. Finished.Take(MaxFinished - 1).Select(f => f.Service is null ? f : f with { Service = null })],
    };
}

/// <summary>An update under way, as the journal keeps it: enough to go on without the cloud.</summary>
public sealed record ActiveUpdate
{
    public required DesiredService Service { get; init; }

    /// <summary>The step that was about to act when this was written.</summary>
    public required UpdatePhase Phase { get; init; }

    /// <summary>When it began; null where an earlier version of the gateway began it.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>Version that ran when it began; null where it was not known.</summary>
    public string? FromVersion { get; init; }

    /// <summary>The attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Times the microcontroller went back to its old image.</summary>
    public int RollBacks { get; init; }

    /// <summary>The image; null until the manifest was accepted.</summary>
    public ImageTarget? Target { get; init; }

    /// <summary>
    /// Resets of the microcontroller just before activation: the same count later means that it did not restart. Null where unknown.
    /// </summary>
    public long? BootCount { get; init; }

    public FailureReason LastError { get; init; }

    public string? LastErrorText { get; init; }

    /// <summary>
    /// The trace of this update as a W3C traceparent, so that a restart continues it; null where it is not traced. Versions that do not know
    /// this field ignore it.
    /// </summary>
    public string? TraceParent { get; init; }

    /// <summary>Offset at which the last transfer began.</summary>
    public long ResumedAt { get; init; }

    /// <summary>Cost of the last transfer that ran to its end.</summary>
    public TransferSummary? Transfer { get; init; }
}

/// <summary>
/// An update that has ended: kept so that its order is known as a duplicate when it comes again, and can be reported again if that got
/// lost.
/// </summary>
public sealed record FinishedUpdate
{
    public required WorkflowOrder Order { get; init; }

    /// <summary><see cref="UpdatePhase.Succeeded"/>, <see cref="UpdatePhase.Failed"/> or <see cref="UpdatePhase.Cancelled"/>.</summary>
    public required UpdatePhase Outcome { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it began; null where an earlier version of the gateway began it.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>Version that ran when it began; null where it was not known.</summary>
    public string? FromVersion { get; init; }

    public int Attempt { get; init; }

    public FailureReason Reason { get; init; }

    public string? Text { get; init; }

    public ImageTarget? Target { get; init; }

    public long ResumedAt { get; init; }

    public TransferSummary? Transfer { get; init; }

    /// <summary>True where a newer order took its place: the service asked for that and is not told.</summary>
    public bool IsReplaced { get; init; }

    /// <summary>The whole order, so that it can be run again without the hub; kept of the last update only, unless that succeeded.</summary>
    public DesiredService? Service { get; init; }
}

/// <summary>The image of an update: all that is needed to recognize it once it runs.</summary>
public sealed record ImageTarget(UpdateId UpdateId, Sha256Digest Digest, long Size, string Version);

/// <summary>Holds the journal of one microcontroller and a copy of its state in memory.</summary>
/// <remarks>One loop changes it; <see cref="State"/> is a value that others may read.</remarks>
internal sealed class CachedJournal(IUpdateJournal journal)
{
    public JournalState State { get; private set; } = new();

    /// <exception cref="JournalException">The disk fails.</exception>
    public void Load() => State = journal.Load();

    /// <summary>Writes a state to the journal; it survives a power cut.</summary>
    /// <exception cref="JournalException">The disk is full or fails; nothing changed.</exception>
    public void Save(JournalState state)
    {
        journal.Save(state);
        State = state;
    }

    /// <summary>Keeps a state in memory only, for steps that are harmless when the disk fails.</summary>
    public void KeepInMemory(JournalState state) => State = state;
}
