using System.Security.Cryptography;

namespace EdgeGateway.Content.Sources.Paths;

/// <summary>
/// The gateways that a request for content came through, so that gateways which are parents of each other are found out instead of waiting
/// for each other (as <c>Via</c> does for proxies, RFC 9110 section 7.6.3). docs/content-sources.md has the rule.
/// </summary>
public sealed class GatewayPath
{
    /// <summary>Header of requests to a parent: ids joined by commas, the child last.</summary>
    public const string Header = "EdgeGateway-Path";

    /// <summary>Most gateways on a path; IoT Edge allows five layers.</summary>
    public const int MaxHops = 8;

    private const int MaxIdLength = 32;

    private readonly string[] _ids;

    private GatewayPath(string[] ids) => _ids = ids;

    /// <summary>The path of a request that begins here.</summary>
    public static GatewayPath Empty { get; } = new([]);

    /// <summary>True where the path is as long as it may be: the request is not to be passed on.</summary>
    public bool IsFull => _ids.Length >= MaxHops;

    /// <summary>A new id of a gateway, random, as ids of devices are nobody else's business.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Reads the header.</summary>
    /// <param name="text">Its value; null and empty are the empty path.</param>
    /// <param name="path">The path; longer ones than <see cref="MaxHops"/> are read, so that they can be refused as such.</param>
    /// <returns>False if this is no path.</returns>
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

    /// <summary>The path with one more gateway at its end.</summary>
    public GatewayPath Append(string id) => new([.. _ids, id]);

    public override string ToString() => string.Join(',', _ids);

    private static bool IsId(string id) => id.Length is >= 1 and <= MaxIdLength && id.All(char.IsAsciiLetterOrDigit);
}
