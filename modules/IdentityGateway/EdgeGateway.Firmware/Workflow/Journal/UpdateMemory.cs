namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>What is remembered of one microcontroller's updates: the journal and its copy in memory.</summary>
/// <remarks>One loop changes it; <see cref="State"/> is a value that others may read.</remarks>
internal sealed class UpdateMemory(IUpdateJournal journal)
{
    public JournalState State { get; private set; } = new();

    /// <exception cref="JournalException">The disk fails.</exception>
    public void Load() => State = journal.Load();

    /// <summary>Remembers durably.</summary>
    /// <exception cref="JournalException">The disk is full or fails; nothing changed.</exception>
    public void Save(JournalState state)
    {
        journal.Save(state);
        State = state;
    }

    /// <summary>Remembers for the life of the process only, where the disk fails and the step that follows changes nothing.</summary>
    public void Keep(JournalState state) => State = state;
}
