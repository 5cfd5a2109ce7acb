using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>
/// A journal in one JSON file. A new state is written beside it, flushed, renamed over it, and the folder flushed: there is always a
/// whole one.
/// </summary>
/// <remarks>Not thread-safe: it belongs to one workflow.</remarks>
internal sealed partial class FileUpdateJournal : IUpdateJournal
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;
    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly JournalMetrics? _metrics;

    public FileUpdateJournal(string folder, McuId id, TimeProvider time, ILogger logger, JournalMetrics? metrics = null)
    {
        _folder = Path.GetFullPath(folder);
        _file = Path.Combine(_folder, $"{id.Value}.json");
        _time = time;
        _logger = logger;
        _metrics = metrics;
    }

    public JournalState Load()
    {
        try
        {
            if (!File.Exists(_file))
            {
                return new JournalState();
            }

            var state = JsonSerializer.Deserialize<JournalState>(File.ReadAllBytes(_file), JournalJson.Options);
            if (Doubt(state) is not { } doubt)
            {
                return state!;
            }

            return SetAside(doubt);
        }
        catch (JsonException e)
        {
            return SetAside(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The journal {_file} cannot be read: {e.Message}", e);
        }
    }

    public void Save(JournalState state)
    {
        var next = _file + ".tmp";
        try
        {
            CreateFolder();
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (var stream = new FileStream(next, options))
            {
                JsonSerializer.Serialize(stream, state, JournalJson.Options);
                stream.Flush(flushToDisk: true);
            }

            File.Move(next, _file, overwrite: true);
            SystemDisk.Instance.FlushFolder(_folder);
            _metrics?.Written();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _metrics?.Failed();
            throw new JournalException($"The journal {_file} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>A new folder's own name must be durable too.</summary>
    private void CreateFolder()
    {
        if (!Directory.Exists(_folder))
        {
            Directory.CreateDirectory(_folder);
            SystemDisk.Instance.FlushFolder(Path.GetDirectoryName(_folder) ?? _folder);
        }
    }

    /// <summary>Why a state that could be read makes no sense; null where it does.</summary>
    private static string? Doubt(JournalState? state) => state switch
    {
        null => "it is empty",
        { Schema: not JournalState.CurrentSchema } => string.Create(
            CultureInfo.InvariantCulture, $"its schema is {state.Schema}, expected {JournalState.CurrentSchema}"),
        { Active: { } active } when UpdateTransitions.IsFinal(active.Phase) => $"an update under way is in phase {active.Phase}",
        { Active: { Target: null } active } when UpdateTransitions.IsCommitted(active.Phase) =>
            $"an update in phase {active.Phase} has no target",
        _ => null,
    };

    private JournalState SetAside(string reason)
    {
        var aside = $"{_file}.broken-{_time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}";
        File.Move(_file, aside, overwrite: true);
        LogSetAside(_file, reason, aside);
        return new JournalState();
    }

    [LoggerMessage(3280, LogLevel.Error,
        "The journal {File} makes no sense ({Reason}) and was set aside as {Aside}; twin and microcontroller tell how things stand.")]
    private partial void LogSetAside(string file, string reason, string aside);
}
