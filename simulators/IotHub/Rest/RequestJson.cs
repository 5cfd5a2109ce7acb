using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Twins;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>Reads requests and writes responses.</summary>
internal static class RequestJson
{
    /// <exception cref="System.Text.Json.JsonException">The body is not a JSON object.</exception>
    public static async Task<JsonObject> ReadObjectAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return StrictJson.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    /// <summary>Reads a text field; null where it is absent or null.</summary>
    /// <exception cref="HubRequestException">The field is no text: 400.</exception>
    public static string? Text(this JsonNode? node, string field)
    {
        var value = (node as JsonObject)?[field];
        return value is null ? null : value is JsonValue text && text.TryGetValue<string>(out var result) ? result : throw Wrong(field, "a text");
    }

    /// <summary>Reads an integer field; null where it is absent or null.</summary>
    /// <exception cref="HubRequestException">The field is no integer: 400.</exception>
    public static int? Integer(this JsonNode? node, string field)
    {
        var value = (node as JsonObject)?[field];
        return value is null ? null : value is JsonValue number && number.TryGetValue<int>(out var result) ? result : throw Wrong(field, "an integer");
    }

    /// <summary>Reads an object field; null where it is absent or null.</summary>
    /// <exception cref="HubRequestException">The field is no object: 400.</exception>
    public static JsonObject? Object(this JsonNode? node, string field)
    {
        var value = (node as JsonObject)?[field];
        return value is null ? null : value as JsonObject ?? throw Wrong(field, "an object");
    }

    /// <summary>Reads the <c>If-Match</c> header; null for none.</summary>
    public static string? IfMatch(this HttpRequest request) => request.Headers.IfMatch.Count == 0 ? null : request.Headers.IfMatch.ToString();

    /// <summary>Answers with JSON, and an ETag header if one is given.</summary>
    public static IResult Answer(HttpContext context, JsonNode body, string? etag = null)
    {
        if (etag is not null)
        {
            context.Response.Headers.ETag = $"\"{etag}\"";
        }

        return Results.Text(body.ToJsonString(), "application/json");
    }

    private static HubRequestException Wrong(string field, string expected) => new(HubError.ArgumentInvalid, $"'{field}' must be {expected}");
}
