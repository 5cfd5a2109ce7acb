using System.Text.RegularExpressions;

namespace EdgeGateway.Architecture.Tests;

/// <summary>A newcomer follows the links of the README; none may lead nowhere.</summary>
public sealed partial class LinksTests
{
    public static TheoryData<string> Pages => [.. Directory.GetFiles(Repository.Root, "*.md")
        .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
        .Select(page => Path.GetRelativePath(Repository.Root, page))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_RelativeLinks_LeadToSomething(string page)
    {
        var path = Path.Combine(Repository.Root, page);
        var folder = Path.GetDirectoryName(path)!;

        var dead = Link().Matches(File.ReadAllText(path))
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(folder, Uri.UnescapeDataString(target))));

        dead.Should().BeEmpty();
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
