namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>A journal could not be read or written: disk full, broken, or no permission. The message names the file.</summary>
public sealed class JournalException(string message, Exception? inner = null) : IOException(message, inner);
