using System.Text.Json;

namespace EdgeGateway.Module.Methods.Pausing;

/// <summary>Stores which updates are paused, so that a restart does not start them.</summary>
internal sealed partial class PauseFile(string path, ILogger<PauseFile> logger)
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "paused-updates.json";

    private readonly AtomicFile _file = new(path, isPrivate: false);

    /// <summary>Reads the stored state. A file that cannot be read pauses all: an update too late does less harm than an unwanted one.</summary>
    public PauseState Read()
    {
        try
        {
            return _file.Read() is not { } content ? PauseState.None
                : JsonSerializer.Deserialize<PauseState>(content) is { Ids: not null } kept ? kept
                : throw new JsonException("It is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            LogUnreadable(_file.Path, e.Message);
            return PauseState.None.With(null);
        }
    }

    /// <summary>Stores a state; after a power cut the file has the old or the new one.</summary>
    /// <exception cref="IOException">The disk is full or fails; what was kept before still is.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Write(PauseState state)
    {
        _file.Write(JsonSerializer.SerializeToUtf8Bytes(state));
    }

    [LoggerMessage(4310, LogLevel.Error, "Stored pauses cannot be read; all new updates wait until ResumeUpdates is called. Path={Path} Problem={Problem}")]
    private partial void LogUnreadable(string path, string problem);
}

/// <summary>The microcontrollers whose new updates wait, as direct methods ask.</summary>
/// <param name="All">Those of every microcontroller, of ones that are added later too.</param>
/// <param name="Ids">Those of these; empty where <paramref name="All"/> is set.</param>
internal sealed record PauseState(bool All, IReadOnlyList<string> Ids)
{
    public static readonly PauseState None = new(false, []);

    public bool Holds(string id) => All || Ids.Contains(id, StringComparer.Ordinal);

    /// <summary>Returns the state with these paused too; all where the list is null.</summary>
    public PauseState With(IReadOnlyList<string>? ids) =>
        All || ids is null ? new PauseState(true, []) : new PauseState(false, [.. Ids.Union(ids, StringComparer.Ordinal)]);

    /// <summary>Returns the state without these; none paused where the list is null.</summary>
    /// <param name="ids">Ids whose updates may start.</param>
    /// <param name="all">All that exist: the others stay paused where all were.</param>
    public PauseState Without(IReadOnlyList<string>? ids, IEnumerable<string> all) =>
        ids is null ? None : new PauseState(false, [.. (All ? all : Ids).Except(ids, StringComparer.Ordinal)]);
}
