namespace EdgeGateway.Firmware.Tests.Workflow.Support;

/// <summary>Tables of the project's documents.</summary>
internal static class Document
{
    /// <summary>The cells of the rows below the table head given.</summary>
    public static IReadOnlyList<string[]> Rows(string document, string head)
    {
        var lines = File.ReadAllLines(Find(document));
        var at = Array.IndexOf(lines, head);
        at.Should().BeGreaterThanOrEqualTo(0, $"{document} has the table {head}");
        return [.. lines.Skip(at + 2).TakeWhile(l => l.StartsWith('|')).Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
    }

    private static string Find(string document)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "docs", document);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"docs/{document} is not above {AppContext.BaseDirectory}.");
    }
}
