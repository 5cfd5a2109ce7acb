using System.Text.RegularExpressions;

namespace EdgeGateway.Architecture.Tests;

/// <summary>Checks the list of docs/architecture.md, section 2: an update can be followed by opening at most 45 files, in that order.</summary>
public sealed partial class UpdatePathTests
{
    private const int MaxFiles = 45;

    private static readonly IReadOnlyList<string> Files =
        [.. Entry().Matches(Repository.Read("docs/architecture.md")).Select(m => Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/docs", m.Groups["path"].Value))))];

    [Fact]
    public void Path_Files_ExistOnceEach()
    {
        Files.Should().HaveCountGreaterThan(30).And.HaveCountLessThanOrEqualTo(MaxFiles).And.OnlyHaveUniqueItems();
        Files.Where(file => !File.Exists(Path.Combine(Repository.Root, file))).Should().BeEmpty();
    }

    [Fact]
    public void Path_EachFile_IsConnectedToAnEarlierOne()
    {
        var loose = new List<string>();
        for (var i = 1; i < Files.Count; i++)
        {
            var earlier = string.Concat(Files.Take(i).Select(Repository.Read));
            var text = Repository.Read(Files[i]);
            var used = TypesOf(text).Concat(InterfacesOf(text)).Any(type => Uses(earlier, type)) || Files.Take(i).SelectMany(f => TypesOf(Repository.Read(f))).Any(type => Uses(text, type));
            if (!used)
            {
                loose.Add(Files[i]);
            }
        }

        loose.Should().BeEmpty();
    }

    private static IEnumerable<string> TypesOf(string code) => TypeName().Matches(code).Select(m => m.Groups["name"].Value);

    /// <summary>Lists the interfaces that the types of a file implement: the earlier file may know only these.</summary>
    private static IEnumerable<string> InterfacesOf(string code) =>
        BaseList().Matches(code).SelectMany(m => m.Groups["bases"].Value.Split(',')).Select(name => name.Trim()).Where(name => name.StartsWith('I'));

    private static bool Uses(string code, string type) => Regex.IsMatch(code, $@"\b{type}\b");

    [GeneratedRegex(@"^\d+\. \[\w+\.cs\]\((?<path>[^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^(?:public|internal)[\w ]*\bclass [^:{]*: (?<bases>[^{]+)\{", RegexOptions.Multiline)]
    private static partial Regex BaseList();

    [GeneratedRegex(@"^(?:public|internal)[\w ]*\b(?:class|record struct|record|struct|interface|enum) (?<name>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex TypeName();
}
