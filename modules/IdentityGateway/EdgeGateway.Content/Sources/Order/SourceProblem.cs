namespace EdgeGateway.Content.Sources.Order;

/// <summary>Why one of several sources did not help.</summary>
internal sealed record SourceProblem(string Source, ContentFailure Failure, string Text)
{
    /// <summary>What all sources together come to: the failure that gives most hope, and all that was said.</summary>
    /// <param name="what">What was wanted.</param>
    /// <param name="problems">Of each source that was asked or avoided.</param>
    /// <param name="originAllowed">False where only parents may be asked.</param>
    public static ContentException Sum(string what, IReadOnlyList<SourceProblem> problems, bool originAllowed)
    {
        var text = string.Join("; ", problems.Select(p => p.Text.TrimEnd('.', ' ')).DefaultIfEmpty("there is no parent"));
        var hint = originAllowed ? "" : "; the origin may not be asked (Content:OriginAllowed)";
        var failure = problems.Count == 0 ? ContentFailure.NotFound : problems.MinBy(p => Despair(p.Failure))!.Failure;
        return new ContentException(failure, $"No source has {what}: {text}{hint}.");
    }

    private static int Despair(ContentFailure failure) => failure switch
    {
        ContentFailure.Unreachable => 0,
        ContentFailure.TooSlow => 1,
        ContentFailure.WrongDigest => 2,
        ContentFailure.WrongSize => 3,
        _ => 4,
    };
}
