namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>Durable memory of one microcontroller's updates. It is written before each step acts.</summary>
public interface IUpdateJournal
{
    /// <summary>Reads what is remembered; an empty state where there is nothing, or nothing that makes sense.</summary>
    /// <exception cref="JournalException">The disk fails.</exception>
    JournalState Load();

    /// <summary>Replaces what is remembered; after the return it survives a power cut.</summary>
    /// <exception cref="JournalException">The disk is full or fails; what was remembered before still is.</exception>
    void Save(JournalState state);
}

/// <summary>A journal could not be read or written: disk full, broken, or no permission. The message names the file.</summary>
public sealed class JournalException(string message, Exception? inner = null) : IOException(message, inner);
