using System.Text.Json;

namespace EdgeGateway.Module.Methods.Pausing;

/// <summary>Keeps in a file whose updates wait, so that a restart does not let them begin.</summary>
internal sealed partial class PauseFile(string path, ILogger<PauseFile> logger)
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "paused-updates.json";

    private readonly ILogger<PauseFile> _logger = logger;

    /// <summary>What was kept. A file that cannot be read holds all: an update too late does less harm than one unwanted.</summary>
    public PauseState Read()
    {
        try
        {
            if (!File.Exists(path))
            {
                return PauseState.None;
            }

            return JsonSerializer.Deserialize<PauseState>(File.ReadAllBytes(path)) is { Ids: not null } kept
                ? kept
                : throw new JsonException("It is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            LogUnreadable(path, e.Message);
            return PauseState.None.With(null);
        }
    }

    /// <summary>Keeps a state; the file holds the old or the new one whatever happens.</summary>
    /// <exception cref="IOException">The disk is full or fails; what was kept before still is.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Write(PauseState state)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, state);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    [LoggerMessage(4310, LogLevel.Error, "{Path} cannot be read: all new updates wait until ResumeUpdates is called. {Problem}")]
    private partial void LogUnreadable(string path, string problem);
}

/// <summary>Whose new updates wait, by order of direct methods.</summary>
/// <param name="All">Those of every microcontroller, of ones that are added later too.</param>
/// <param name="Ids">Those of these; empty where <paramref name="All"/> is set.</param>
internal sealed record PauseState(bool All, IReadOnlyList<string> Ids)
{
    public static readonly PauseState None = new(false, []);

    public bool Holds(string id) => All || Ids.Contains(id, StringComparer.Ordinal);

    /// <summary>With these as well; with all where none are named.</summary>
    public PauseState With(IReadOnlyList<string>? ids) =>
        All || ids is null ? new PauseState(true, []) : new PauseState(false, [.. Ids.Union(ids, StringComparer.Ordinal)]);

    /// <summary>Without these; without any where none are named.</summary>
    /// <param name="ids">Who goes on.</param>
    /// <param name="everyone">All there are: the others stay where all were held.</param>
    public PauseState Without(IReadOnlyList<string>? ids, IEnumerable<string> everyone) =>
        ids is null ? None : new PauseState(false, [.. (All ? everyone : Ids).Except(ids, StringComparer.Ordinal)]);
}
