using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Connections.Twins;

/// <summary>Reads twins, and writes JSON as short as it can be.</summary>
internal static class TwinJson
{
    /// <summary>No escapes that JSON does not ask for: every byte counts against the limits of a twin.</summary>
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the answer to a twin get.</summary>
    /// <exception cref="MqttProtocolException">Not a twin.</exception>
    public static TwinDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var twin = JsonNode.Parse(body.Span)?.AsObject() ?? [];
            var (desired, desiredVersion) = Section(twin, "desired");
            var (reported, reportedVersion) = Section(twin, "reported");
            return new TwinDocument(desired, desiredVersion, reported, reportedVersion);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new MqttProtocolException($"The hub sent a twin that cannot be read: {e.Message}", e);
        }
    }

    private static (JsonObject Properties, long? Version) Section(JsonObject twin, string name)
    {
        var section = twin[name]?.AsObject() ?? [];
        var version = section["$version"] is { } v ? long.Parse(v.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture) : (long?)null;
        section.Remove("$version");
        section.Remove("$metadata");
        twin.Remove(name);
        return (section, version);
    }
}
