using System.Text;

namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>Properties as IoT Hub puts them at the end of a topic: <c>name=value&amp;name</c>, each part percent-encoded.</summary>
public static class PropertyBag
{
    /// <summary>Writes properties in their order; an empty value keeps its equals sign.</summary>
    public static string Format(IEnumerable<KeyValuePair<string, string>> properties)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in properties)
        {
            text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    /// <summary>Reads properties; a leading question mark and a trailing slash are skipped, the last of equal names wins.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.TrimStart('?').TrimEnd('/').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            properties[Uri.UnescapeDataString(name)] = equals < 0 ? "" : Uri.UnescapeDataString(part[(equals + 1)..]);
        }

        return properties;
    }
}
