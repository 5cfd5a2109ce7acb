namespace EdgeGateway.Module.Settings;

/// <summary>Finds the known key that a misspelled key most likely means.</summary>
internal static class Suggestion
{
    /// <summary>Returns what was expected instead of an unknown key.</summary>
    public static string For(string unknown, IEnumerable<string> known)
    {
        var names = known.ToList();
        var nearest = names.MinBy(n => Distance(n.ToUpperInvariant(), unknown.ToUpperInvariant()));
        return nearest is not null && Distance(nearest.ToUpperInvariant(), unknown.ToUpperInvariant()) <= Math.Max(2, unknown.Length / 4)
            ? $"a known key: did you mean {nearest}?"
            : $"a known key: {string.Join(", ", names)}";
    }

    /// <summary>Returns the Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
