using System.Text.RegularExpressions;

namespace EdgeGateway.Architecture.Tests;

/// <summary>
/// Holds pages, comments, log templates and names to plain English: the words that docs/glossary.md lists as not used, are not used.
/// </summary>
public sealed partial class WordListTests
{
    private static readonly Regex Unused = new(
        $@"\b(?:{string.Join('|', GlossaryPage.UnusedInProse.Select(w => w.Word))})\b", RegexOptions.IgnoreCase | RegexOptions.Compiled);

    public static TheoryData<string> Pages => [.. Repository.Files("*.md")];

    [Fact]
    public void WordList_OfTheGlossary_IsRead()
    {
        GlossaryPage.UnusedInProse.Should().HaveCountGreaterThan(30);
        GlossaryPage.UnusedInNames.Should().HaveCountGreaterThan(5);
        Findings("page", [(1, "Whoever asks is told so.")]).Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Prose_HasPlainWords(string page)
    {
        var prose = CodeInPages().Replace(Repository.Read(page), code => new string('\n', code.Value.Count(c => c == '\n')));

        Findings(page, Lines(prose)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("modules")]
    [InlineData("simulators")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    [InlineData("deployment-manifests")]
    public void Code_CommentsAndLogTemplates_HavePlainWords(string folder)
    {
        var findings = Repository.Files("*.cs", folder).Where(file => !file.EndsWith($"{nameof(WordListTests)}.cs", StringComparison.Ordinal))
            .SelectMany(file => Findings(file, Lines(Repository.Read(file)).Where(IsReadByPeople)));

        findings.Should().BeEmpty();
    }

    [Fact]
    public void Names_OfTypesAndFiles_AreNoMetaphors()
    {
        var names = Repository.Files("*.cs").Select(file => Path.GetFileNameWithoutExtension(file))
            .Concat(Repository.Files("*.cs", "modules").SelectMany(file => TypeName().Matches(Repository.Read(file)).Select(m => m.Groups["name"].Value)));

        names.Where(name => GlossaryPage.UnusedInNames.Any(word => Regex.IsMatch(name, $"{word}(s|es)?(?![a-z])"))).Distinct().Should().BeEmpty();
    }

    private static IEnumerable<(int Number, string Text)> Lines(string text) => text.Split('\n').Select((line, index) => (index + 1, line));

    /// <summary>Tells comments and log templates from other lines of code.</summary>
    private static bool IsReadByPeople((int Number, string Text) line) =>
        line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) || line.Text.Contains("LogLevel.", StringComparison.Ordinal);

    private static IEnumerable<string> Findings(string file, IEnumerable<(int Number, string Text)> lines) =>
        lines.SelectMany(line => Unused.Matches(line.Text).Select(match => $"{file}:{line.Number}: {match.Value} (write: {Instead(match.Value)})"));

    private static string Instead(string word) =>
        GlossaryPage.UnusedInProse.First(w => w.Word.Equals(word, StringComparison.OrdinalIgnoreCase)).Instead;

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeInPages();

    [GeneratedRegex(@"^[\w ]*\b(?:class|record|struct|interface|enum) (?<name>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex TypeName();
}
