namespace EdgeGateway.Module.Methods.Pausing;

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
