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
