using System.Security.Cryptography;

namespace EdgeGateway.Content.Sources.Paths;

/// <summary>
/// Lists the gateways that a request for content came through, so that gateways which are parents of each other detect it instead of waiting for
/// each other (like <c>Via</c> for proxies, RFC 9110 section 7.6.3). docs/content-sources.md has the rule.
/// </summary>
public sealed class GatewayPath
{
    /// <summary>Name of the header of requests to a parent. Its value is ids joined by commas, the child last.</summary>
    public const string Header = "EdgeGateway-Path";

    /// <summary>Maximum number of gateways on a path; IoT Edge allows five layers.</summary>
    public const int MaxHops = 8;

    private const int MaxIdLength = 32;

    private readonly string[] _ids;

    private GatewayPath(string[] ids) => _ids = ids;

    /// <summary>Gets the path of a request that begins at this gateway.</summary>
    public static GatewayPath Empty { get; } = new([]);

    /// <summary>Gets whether the path has its maximum length: the request must not be forwarded.</summary>
    public bool IsFull => _ids.Length >= MaxHops;

    /// <summary>Makes a random id for a gateway. Device ids are not disclosed to other gateways.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Reads the header.</summary>
    /// <param name="text">Its value; null and empty are the empty path.</param>
    /// <param name="path">The path. Paths longer than <see cref="MaxHops"/> are read, so that they can be refused with a clear message.</param>
    /// <returns>False if the text is not a path.</returns>
    public static bool TryParse(string? text, out GatewayPath path)
    {
        path = Empty;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        var ids = text.Split(',', 4 * MaxHops, StringSplitOptions.TrimEntries);
        if (!Array.TrueForAll(ids, IsId))
        {
            return false;
        }

        path = new GatewayPath(ids);
        return true;
    }

    public bool Contains(string id) => Array.IndexOf(_ids, id) >= 0;

    /// <summary>Makes the path with one more gateway at its end.</summary>
    public GatewayPath Append(string id) => new([.. _ids, id]);

    public override string ToString() => string.Join(',', _ids);

    private static bool IsId(string id) => id.Length is >= 1 and <= MaxIdLength && id.All(char.IsAsciiLetterOrDigit);
}

/// <summary>Identifies this process in a <see cref="GatewayPath"/>.</summary>
public sealed class GatewayInstance
{
    /// <summary>Gets the id, new at each start.</summary>
    public string Id { get; } = GatewayPath.NewId();
}

/// <summary>
/// Names the header by which a child says that an address, which it requests by https, is one of http. In the form of Connected Cache the scheme
/// of the request counts, and a gateway asks its parents by https only.
/// </summary>
public static class OriginScheme
{
    public const string Header = "EdgeGateway-Origin-Scheme";
}
