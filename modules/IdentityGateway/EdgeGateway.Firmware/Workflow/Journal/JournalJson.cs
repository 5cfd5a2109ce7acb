using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>The JSON form of journals.</summary>
internal static class JournalJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(), new DigestConverter() },
    };
}

/// <summary>Digests as hexadecimal texts.</summary>
internal sealed class DigestConverter : JsonConverter<Sha256Digest>
{
    public override Sha256Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Sha256Digest.TryParseHex(reader.GetString(), out var digest)
            ? digest
            : throw new JsonException("A digest is a text of 64 hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, Sha256Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
