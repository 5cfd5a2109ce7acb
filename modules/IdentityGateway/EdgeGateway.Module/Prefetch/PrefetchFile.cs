using System.Text.Json;
using EdgeGateway.Content;

namespace EdgeGateway.Module.Prefetch;

/// <summary>Keeps in a file what is to be fetched ahead, so that a restart goes on with it. It holds addresses, which may carry signatures.</summary>
internal sealed partial class PrefetchFile(string path, ILogger<PrefetchFile> logger)
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "prefetch.json";

    private readonly ILogger<PrefetchFile> _logger = logger;

    /// <summary>What was kept; nothing where the file cannot be read, for it can be ordered again.</summary>
    public IReadOnlyList<PrefetchEntry> Read()
    {
        try
        {
            var notes = File.Exists(path) ? JsonSerializer.Deserialize<PrefetchNote[]>(File.ReadAllBytes(path)) ?? [] : [];
            return [.. notes.Select(n => n?.ToEntry()).OfType<PrefetchEntry>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            LogUnreadable(path, e.Message);
            return [];
        }
    }

    /// <summary>Saves the entries atomically.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Write(IEnumerable<PrefetchEntry> entries)
    {
        new AtomicFile(path, isPrivate: true).Write(JsonSerializer.SerializeToUtf8Bytes(entries.Select(PrefetchNote.Of)));
    }

    [LoggerMessage(4500, LogLevel.Warning, "{Path} cannot be read, what was to be fetched ahead is forgotten: {Problem}")]
    private partial void LogUnreadable(string path, string problem);
}

/// <summary>A <see cref="PrefetchEntry"/> as it is kept on disk.</summary>
internal sealed record PrefetchNote(
    string Operation, string Sha256, long Size, string? Url, DateTimeOffset Until, PrefetchState State, string? Message, int Failures)
{
    public static PrefetchNote Of(PrefetchEntry entry) => new(
        entry.Operation,
        entry.Content.Digest.ToString(),
        entry.Content.Size,
        entry.Content.Origin?.AbsoluteUri,
        entry.Until,
        entry.State,
        entry.Message,
        entry.Failures);

    /// <summary>The entry; null where the note makes no sense.</summary>
    public PrefetchEntry? ToEntry()
    {
        var origin = Url is null ? null : Uri.TryCreate(Url, UriKind.Absolute, out var uri) ? uri : null;
        return Operation is not null && Size > 0 && Enum.IsDefined(State) && Sha256Digest.TryParseHex(Sha256 ?? "", out var digest)
            ? new PrefetchEntry(Operation, new ContentReference(digest, Size, origin), Until)
            {
                State = State == PrefetchState.Fetching ? PrefetchState.Waiting : State,
                Bytes = State == PrefetchState.Held ? Size : 0,
                Message = Message,
                Failures = Failures,
            }
            : null;
    }
}
