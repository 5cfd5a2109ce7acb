using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeGateway.Hub.Identity;

/// <summary>
/// A SAS token, the password of an identity at IoT Hub: <c>SharedAccessSignature sr=…&amp;sig=…&amp;se=…[&amp;skn=…]</c>, where the signature is
/// HMAC-SHA256 of the encoded resource, a line feed and the expiry.
/// </summary>
/// <remarks><see cref="ToString"/> gives the token itself, a secret; never log it.</remarks>
public sealed class SharedAccessSignature
{
    private const string Scheme = "SharedAccessSignature ";
    private readonly string _encodedResource;
    private readonly byte[] _signature;

    private SharedAccessSignature(string encodedResource, byte[] signature, DateTimeOffset expiry, string? keyName)
    {
        _encodedResource = encodedResource;
        _signature = signature;
        Expiry = expiry;
        KeyName = keyName;
    }

    /// <summary>What the token opens, decoded: <c>hub/devices/device[/modules/module]</c>.</summary>
    public string Resource => Uri.UnescapeDataString(_encodedResource);

    /// <summary>When it ends; whole seconds.</summary>
    public DateTimeOffset Expiry { get; }

    /// <summary>Name of the shared access policy; null for the identity's own key.</summary>
    public string? KeyName { get; }

    /// <summary>Makes a token with a key at hand.</summary>
    public static SharedAccessSignature Create(string resource, ReadOnlySpan<byte> key, DateTimeOffset expiry, string? keyName = null) =>
        FromSignature(resource, HMACSHA256.HashData(key, DataToSign(resource, expiry)), expiry, keyName);

    /// <summary>Makes a token with a signature of <see cref="DataToSign(string, DateTimeOffset)"/> made elsewhere, such as by the workload API.</summary>
    public static SharedAccessSignature FromSignature(string resource, byte[] signature, DateTimeOffset expiry, string? keyName = null) =>
        new(Uri.EscapeDataString(resource), signature, DateTimeOffset.FromUnixTimeSeconds(expiry.ToUnixTimeSeconds()), keyName);

    /// <summary>What is signed.</summary>
    public static byte[] DataToSign(string resource, DateTimeOffset expiry) =>
        DataToSign(Uri.EscapeDataString(resource), expiry.ToUnixTimeSeconds());

    /// <summary>Reads a token.</summary>
    /// <exception cref="FormatException">Not a SAS token; says which part is missing or wrong.</exception>
    public static SharedAccessSignature Parse(string token)
    {
        if (!token.StartsWith(Scheme, StringComparison.Ordinal))
        {
            throw new FormatException($"A token must begin with '{Scheme.TrimEnd()}'.");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in token[Scheme.Length..].Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !fields.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                throw new FormatException("A token must be a list of different name=value parts joined by '&'.");
            }
        }

        // a year beyond 9999 does not fit a DateTimeOffset
        if (!long.TryParse(Field("se"), NumberStyles.None, CultureInfo.InvariantCulture, out var expiry)
            || expiry > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            throw new FormatException("The token's se (expiry) is not a number of seconds since 1970.");
        }

        var signature = new byte[HMACSHA256.HashSizeInBytes];
        if (!Convert.TryFromBase64String(Uri.UnescapeDataString(Field("sig")), signature, out var length) || length != signature.Length)
        {
            throw new FormatException($"The token's sig is not the base64 text of {signature.Length} bytes.");
        }

        var keyName = fields.TryGetValue("skn", out var name) && name.Length > 0 ? Uri.UnescapeDataString(name) : null;
        return new SharedAccessSignature(Field("sr"), signature, DateTimeOffset.FromUnixTimeSeconds(expiry), keyName);

        string Field(string name) => fields.TryGetValue(name, out var value) && value.Length > 0
            ? value
            : throw new FormatException($"The token has no {name}.");
    }

    /// <summary>Whether a key made the token, it has not ended, and it opens a resource.</summary>
    /// <param name="key">Key of the identity or policy.</param>
    /// <param name="resource">What is to be opened; a token for a parent of it (<c>hub</c>, <c>hub/devices/device</c>) opens it too.</param>
    /// <param name="now">The time.</param>
    public SharedAccessSignatureCheck Check(ReadOnlySpan<byte> key, string resource, DateTimeOffset now)
    {
        var expected = HMACSHA256.HashData(key, DataToSign(_encodedResource, Expiry.ToUnixTimeSeconds()));
        if (!CryptographicOperations.FixedTimeEquals(expected, _signature))
        {
            return SharedAccessSignatureCheck.WrongSignature;
        }

        if (now >= Expiry)
        {
            return SharedAccessSignatureCheck.Expired;
        }

        return Opens(Resource, resource) ? SharedAccessSignatureCheck.Valid : SharedAccessSignatureCheck.WrongResource;
    }

    /// <summary>The token as the hub expects it. A secret.</summary>
    public override string ToString()
    {
        var signature = Uri.EscapeDataString(Convert.ToBase64String(_signature));
        var keyName = KeyName is null ? "" : $"&skn={Uri.EscapeDataString(KeyName)}";
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}sr={_encodedResource}&sig={signature}&se={Expiry.ToUnixTimeSeconds()}{keyName}");
    }

    private static byte[] DataToSign(string encodedResource, long expiry) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{encodedResource}\n{expiry}"));

    // Host names are compared without regard to case, ids with it.
    private static bool Opens(string granted, string wanted)
    {
        var g = granted.Split('/');
        var w = wanted.Split('/');
        return g.Length <= w.Length
            && string.Equals(g[0], w[0], StringComparison.OrdinalIgnoreCase)
            && g.AsSpan(1).SequenceEqual(w.AsSpan(1, g.Length - 1));
    }
}

/// <summary>Outcome of checking a SAS token.</summary>
public enum SharedAccessSignatureCheck
{
    Valid,

    /// <summary>Made with another key, or changed afterwards.</summary>
    WrongSignature,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It opens something else.</summary>
    WrongResource,
}
