using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>Keeps a journal in one JSON file that only its owner may read. <see cref="AtomicFile"/> replaces it as a whole.</summary>
/// <remarks>Not thread-safe: it belongs to one workflow.</remarks>
internal sealed partial class FileUpdateJournal : IUpdateJournal
{
    private readonly AtomicFile _file;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly JournalMetrics? _metrics;

    /// <summary>Creates the journal of one microcontroller; touches no file.</summary>
    /// <param name="folder">Folder of all journals. The first save creates it.</param>
    /// <param name="id">Names the file.</param>
    /// <param name="time">Clock for the name of a file that is set aside.</param>
    /// <param name="logger">Receives the reason why a file is set aside.</param>
    /// <param name="metrics">Counts writes; null for none.</param>
    /// <param name="disk">Flushes and renames; the system where null.</param>
    public FileUpdateJournal(
        string folder, McuId id, TimeProvider time, ILogger logger, JournalMetrics? metrics = null, IDisk? disk = null)
    {
        _file = new AtomicFile(Path.Combine(folder, $"{id.Value}.json"), isPrivate: true, disk);
        _time = time;
        _logger = logger;
        _metrics = metrics;
    }

    /// <inheritdoc/>
    public JournalState Load()
    {
        try
        {
            if (_file.Read() is not { } json)
            {
                return new JournalState();
            }

            var state = JsonSerializer.Deserialize<JournalState>(json, JournalJson.Options);
            return FindProblem(state) is { } problem ? SetAside(problem) : state!;
        }
        catch (JsonException e)
        {
            return SetAside(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The journal {_file.Path} cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Save(JournalState state)
    {
        try
        {
            _file.Write(JsonSerializer.SerializeToUtf8Bytes(state, JournalJson.Options));
            _metrics?.Written();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _metrics?.Failed();
            throw new JournalException($"The journal {_file.Path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Finds what is wrong with a state that could be read.</summary>
    /// <returns>The problem; null where there is none.</returns>
    private static string? FindProblem(JournalState? state) => state switch
    {
        null => "it is empty",
        { Schema: not JournalState.CurrentSchema } => string.Create(
            CultureInfo.InvariantCulture, $"its schema is {state.Schema}, expected {JournalState.CurrentSchema}"),
        { Active: { } active } when UpdateTransitions.IsFinal(active.Phase) => $"an active update is in phase {active.Phase}",
        { Active: { Target: null } active } when UpdateTransitions.IsCommitted(active.Phase) =>
            $"an update in phase {active.Phase} has no target",
        _ => null,
    };

    private JournalState SetAside(string reason)
    {
        var aside = _file.SetAside(_time.GetUtcNow());
        LogSetAside(_file.Path, reason, aside);
        return new JournalState();
    }

    [LoggerMessage(3280, LogLevel.Error,
        "Journal is not usable and was set aside; the state is read from the twin and the microcontroller. "
        + "File={File} Reason={Reason} SetAside={Aside}")]
    private partial void LogSetAside(string file, string reason, string aside);
}
