using System.Globalization;

namespace EdgeGateway.Content.Addresses;

/// <summary>What an address held when it was last asked.</summary>
/// <param name="Key">The address, see <see cref="AddressKey"/>.</param>
/// <param name="Digest">The content.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Tag">What readers were told as <see cref="IContentReader.Tag"/>.</param>
/// <param name="Validator">See <see cref="OpenedContent.Validator"/>.</param>
/// <param name="Found">When.</param>
internal sealed record AddressEntry(Sha256Digest Key, Sha256Digest Digest, long Size, string Tag, string? Validator, DateTimeOffset Found)
{
    private const string Magic = "edgegateway-address 1";

    public string[] ToLines() =>
    [
        Magic,
        $"digest {Digest}",
        string.Create(CultureInfo.InvariantCulture, $"size {Size}"),
        $"tag {Tag}",
        string.Create(CultureInfo.InvariantCulture, $"found {Found.ToUnixTimeMilliseconds()}"),
        $"validator {Validator}",
    ];

    /// <summary>Reads what <see cref="ToLines"/> wrote; null if it is anything else.</summary>
    public static AddressEntry? Read(Sha256Digest key, string[] lines)
    {
        string[] names = ["digest ", "size ", "tag ", "found ", "validator "];
        if (lines.Length != names.Length + 1 || lines[0] != Magic || names.Where((n, i) => !lines[i + 1].StartsWith(n, StringComparison.Ordinal)).Any())
        {
            return null;
        }

        var values = names.Select((n, i) => lines[i + 1][n.Length..]).ToArray();
        return Sha256Digest.TryParseHex(values[0], out var digest)
            && long.TryParse(values[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            && values[2].Length > 0 && values[2].All(char.IsAsciiHexDigitLower)
            && long.TryParse(values[3], NumberStyles.None, CultureInfo.InvariantCulture, out var found)
            && found <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new AddressEntry(key, digest, size, values[2], values[4].Length > 0 ? values[4] : null, DateTimeOffset.FromUnixTimeMilliseconds(found))
            : null;
    }
}
