namespace EdgeGateway.Content.Sources.Ranking;

/// <summary>Why one of several sources did not provide the content.</summary>
internal sealed record SourceError(string Source, ContentFailure Failure, string Text)
{
    /// <summary>Combines the errors of all sources: the failure that is most likely to pass, and all messages.</summary>
    /// <param name="what">The requested content, for the message.</param>
    /// <param name="problems">The errors of each source that was asked or is banned.</param>
    /// <param name="originAllowed">False where only parents may be asked.</param>
    public static ContentException Sum(string what, IReadOnlyList<SourceError> problems, bool originAllowed)
    {
        var text = string.Join("; ", problems.Select(p => p.Text.TrimEnd('.', ' ')).DefaultIfEmpty("there is no parent"));
        var hint = originAllowed ? "" : "; the origin may not be asked (Content:OriginAllowed)";
        var failure = problems.Count == 0 ? ContentFailure.NotFound : problems.MinBy(p => Rank(p.Failure))!.Failure;
        return new ContentException(failure, $"No source has {what}: {text}{hint}.");
    }

    private static int Rank(ContentFailure failure) => failure switch
    {
        ContentFailure.Unreachable => 0,
        ContentFailure.TooSlow => 1,
        ContentFailure.WrongDigest => 2,
        ContentFailure.WrongSize => 3,
        _ => 4,
    };
}
