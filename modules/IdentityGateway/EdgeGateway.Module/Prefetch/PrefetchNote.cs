using EdgeGateway.Content;

namespace EdgeGateway.Module.Prefetch;

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
