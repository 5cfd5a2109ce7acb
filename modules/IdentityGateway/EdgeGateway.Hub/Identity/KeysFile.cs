using System.Text.Json;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Identity;

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
