namespace EdgeGateway.Module.Serving.Requests;

/// <summary>
/// Parses the target of a request strictly: everything that two programs could interpret differently (dot segments, empty or
/// encoded separators, backslashes, control characters, other forms than origin-form) is refused, as this gateway stands between two.
/// </summary>
/// <param name="Path">The path, still encoded.</param>
/// <param name="Segments">Its segments, decoded.</param>
/// <param name="Query">Names and values of the query, still encoded; the value is null where there is no <c>=</c>.</param>
internal sealed record RequestTarget(string Path, IReadOnlyList<string> Segments, IReadOnlyList<(string Name, string? Value)> Query)
{
    /// <summary>Takes a target apart.</summary>
    /// <returns>Null where it is refused.</returns>
    public static RequestTarget? TryParse(string raw)
    {
        if (raw.Length == 0 || raw[0] != '/' || raw.AsSpan().ContainsAnyExceptInRange('!', '~') || raw.AsSpan().ContainsAny('\\', '#'))
        {
            return null;
        }

        var mark = raw.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? raw : raw[..mark];
        var segments = new List<string>();
        foreach (var encoded in path[1..].Split('/'))
        {
            if (TryDecode(encoded) is not { Length: > 0 } segment || segment is "." or ".." || segment.Contains('/') || segment.Contains('\\'))
            {
                return null;
            }

            segments.Add(segment);
        }

        return new RequestTarget(path, segments, mark < 0 ? [] : [.. raw[(mark + 1)..].Split('&').Where(p => p.Length > 0).Select(Pair)]);
    }

    /// <summary>The one value of a parameter, decoded.</summary>
    /// <returns>False where the parameter is there twice, or is not encoded right. True with null where it is not there.</returns>
    public bool TryGet(string name, out string? value)
    {
        value = null;
        var found = Query.Where(q => string.Equals(q.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 0 || (found.Count == 1 && (value = TryDecode(found[0].Value ?? "")) is not null);
    }

    /// <summary>The path and query as they came, without a parameter.</summary>
    public string Without(string name)
    {
        var rest = Query.Where(q => !string.Equals(q.Name, name, StringComparison.OrdinalIgnoreCase)).Select(q => q.Value is null ? q.Name : $"{q.Name}={q.Value}");
        var query = string.Join('&', rest);
        return query.Length == 0 ? Path : $"{Path}?{query}";
    }

    private static (string Name, string? Value) Pair(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (part, null) : (part[..equals], part[(equals + 1)..]);
    }

    /// <summary>Decodes once; null where an escape is none, or stands for a control character.</summary>
    private static string? TryDecode(string encoded)
    {
        for (var i = encoded.IndexOf('%', StringComparison.Ordinal); i >= 0; i = encoded.IndexOf('%', i + 1))
        {
            if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[i + 1]) || !char.IsAsciiHexDigit(encoded[i + 2]))
            {
                return null;
            }
        }

        var decoded = Uri.UnescapeDataString(encoded);
        return decoded.Any(char.IsControl) ? null : decoded;
    }
}
