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
