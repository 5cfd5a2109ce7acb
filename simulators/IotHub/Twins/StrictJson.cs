using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Twins;

/// <summary>Parses JSON objects of clients.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <exception cref="JsonException">The text is not JSON, not an object, or a name occurs twice.</exception>
    public static JsonObject Parse(ReadOnlySpan<byte> json) =>
        JsonNode.Parse(json, documentOptions: Strict) as JsonObject ?? throw new JsonException("it is another kind of value");
}
