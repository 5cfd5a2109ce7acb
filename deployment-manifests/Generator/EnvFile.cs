using System.Text.RegularExpressions;

namespace EdgeGateway.Manifests;

/// <summary>
/// A file of <c>NAME=value</c> lines, as the tools around IoT Edge read it: empty lines and those that begin with # say nothing, and a value
/// may stand in quotation marks.
/// </summary>
public static partial class EnvFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="GenerateException">It cannot be read, or a line is none of these.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllLines(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GenerateException($"{path} cannot be read: {e.Message}", e);
        }
    }

    internal static IReadOnlyDictionary<string, string> Parse(IReadOnlyList<string> lines, string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var match = Line().Match(line);
            if (!match.Success)
            {
                throw new GenerateException($"{path}, line {i + 1}: '{line}' is not NAME=value with a name in capitals.");
            }

            if (!values.TryAdd(match.Groups["name"].Value, Unquote(match.Groups["value"].Value)))
            {
                throw new GenerateException($"{path}, line {i + 1}: {match.Groups["name"].Value} is set twice.");
            }
        }

        return values;
    }

    private static string Unquote(string value) =>
        value is ['"', .., '"'] or ['\'', .., '\''] ? value[1..^1] : value;

    [GeneratedRegex(@"^(?<name>[A-Z_][A-Z0-9_]*)\s*=\s*(?<value>.*)$")]
    private static partial Regex Line();
}
