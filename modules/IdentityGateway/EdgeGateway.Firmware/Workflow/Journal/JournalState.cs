namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>All that is remembered of one microcontroller's updates.</summary>
public sealed record JournalState
{
    /// <summary>Form of the file; another one is set aside.</summary>
    public const int CurrentSchema = 1;

    private const int MaxFinished = 8;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The update under way; null where there is none.</summary>
    public ActiveUpdate? Active { get; init; }

    /// <summary>The last updates, newest first.</summary>
    public IReadOnlyList<FinishedUpdate> Finished { get; init; } = [];

    /// <summary>The state after the update under way has ended.</summary>
    public JournalState Finish(FinishedUpdate finished) => this with
    {
        Active = null,
        Finished = [finished, .. Finished.Where(f => f.Order.Id != finished.Order.Id).Take(MaxFinished - 1)],
    };
}
