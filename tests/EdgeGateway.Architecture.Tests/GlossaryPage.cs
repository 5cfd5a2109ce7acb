namespace EdgeGateway.Architecture.Tests;

/// <summary>Reads the tables of docs/glossary.md.</summary>
internal static class GlossaryPage
{
    /// <summary>Gets the rows of the first table: term, meaning and types.</summary>
    public static IReadOnlyList<string[]> Terms { get; } = Table("| Term |");

    /// <summary>Gets words that prose does not use, each with what to write instead.</summary>
    public static IReadOnlyList<(string Word, string Instead)> UnusedInProse { get; } =
        [.. Table("| Pattern |").SelectMany(row => InBackticks(row[0]).SelectMany(w => w.Split(", ")).Select(word => (word, row[1])))];

    /// <summary>Gets words that names do not use.</summary>
    public static IReadOnlyList<string> UnusedInNames { get; } = [.. Table("| Word |").SelectMany(row => InBackticks(row[0]))];

    public static IEnumerable<string> InBackticks(string cell) => cell.Split('`').Where((_, index) => index % 2 == 1);

    private static List<string[]> Table(string head) =>
    [
        .. Repository.Read("docs/glossary.md").Split('\n')
            .SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];
}
