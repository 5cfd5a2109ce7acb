using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Identity;

/// <summary>Knows symmetric keys of devices.</summary>
public interface IKeySource
{
    /// <summary>The decoded key of a device.</summary>
    /// <returns>Null where this source knows none.</returns>
    /// <exception cref="HubException"><see cref="HubFailure.Unauthorized"/>: the source itself cannot be read or holds nonsense.</exception>
    byte[]? Find(string deviceId);

    /// <summary>Where it looks, for messages.</summary>
    string Description { get; }
}

/// <summary>Derives the key of any device from the key of its group, which a secrets file holds as base64 text.</summary>
public sealed class GroupKeyFile(string path) : IKeySource
{
    private readonly WatchedFile<byte[]> _file = new(
        path, "file of the group key", text => KeyText.Decode(text) ?? throw new FormatException("its content is not base64 text."));

    public string Description => $"the group key '{path}'";

    public byte[]? Find(string deviceId) => DerivedKey.Compute(_file.Read(), deviceId);
}

/// <summary>Keys of single devices in a secrets file: a JSON object of device id to base64 key.</summary>
public sealed class KeysFile(string path) : IKeySource
{
    private readonly WatchedFile<Dictionary<string, string?>> _file = new(path, "file of device keys", Parse);

    public string Description => $"the file of device keys '{path}'";

    public byte[]? Find(string deviceId)
    {
        if (!_file.Read().TryGetValue(deviceId, out var text))
        {
            return null;
        }

        return KeyText.Decode(text)
            ?? throw new HubException(HubFailure.Unauthorized, $"The key of '{deviceId}' in {Description} is not base64 text.");
    }

    private static Dictionary<string, string?> Parse(string text)
    {
        try
        {
            var keys = JsonSerializer.Deserialize<Dictionary<string, string?>>(text) ?? throw new FormatException("it is null");
            return new Dictionary<string, string?>(keys, StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            // the parser's own message may quote a key
            throw new FormatException(
                $"line {e.LineNumber + 1} is not what was expected, a JSON object of device id to base64 key, such as {{ \"mcu-07\": \"...\" }}.");
        }
    }
}

/// <summary>Reads keys as the hub's registry shows them: base64 text.</summary>
internal static class KeyText
{
    /// <summary>Decodes a key.</summary>
    /// <returns>Null where the text is not base64 or is empty.</returns>
    public static byte[]? Decode(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        var key = new byte[trimmed.Length];
        return Convert.TryFromBase64String(trimmed, key, out var length) && length > 0 ? key[..length] : null;
    }
}

/// <summary>Keys of single devices made from the key of their group, as Device Provisioning Service does for symmetric-key enrollment groups.</summary>
public static class DerivedKey
{
    /// <summary>HMAC-SHA256 of the id under the group's key.</summary>
    /// <param name="groupKey">Decoded key of the group.</param>
    /// <param name="id">Device id, as registered.</param>
    public static byte[] Compute(ReadOnlySpan<byte> groupKey, string id) => HMACSHA256.HashData(groupKey, Encoding.UTF8.GetBytes(id));

    /// <summary>The same in base64, as the hub's registry shows keys.</summary>
    public static string ComputeBase64(ReadOnlySpan<byte> groupKey, string id) => Convert.ToBase64String(Compute(groupKey, id));
}
