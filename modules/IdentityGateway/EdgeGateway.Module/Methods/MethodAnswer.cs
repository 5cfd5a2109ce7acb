using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Twins;

namespace EdgeGateway.Module.Methods;

/// <summary>Builds the answers that all methods share.</summary>
internal static class MethodAnswer
{
    /// <summary>Longest answer in bytes; a limit of IoT Hub.</summary>
    public const int MaxBytes = 128 * 1024;

    /// <summary>Most names that an answer lists.</summary>
    public const int MaxListed = 100;

    public const int Done = 200;
    public const int Started = 202;
    public const int BadArgument = 400;
    public const int Unknown = 404;
    public const int WrongState = 409;
    public const int TooLong = 413;
    public const int Failed = 500;
    public const int NotSupported = 501;
    public const int LineFailed = 502;
    public const int NotNow = 503;

    /// <summary>Returns 400 with every mistake, the first one also on its own.</summary>
    public static MethodResponse Mistakes(IReadOnlyList<ArgumentError> errors) => new(BadArgument, new JsonObject
    {
        ["error"] = TwinText.Limit(errors[0].Text),
        ["field"] = TwinText.Limit(errors[0].Field),
        ["errors"] = new JsonArray(
            [.. errors.Take(MaxListed).Select(e => new JsonObject { ["field"] = TwinText.Limit(e.Field), ["error"] = TwinText.Limit(e.Text) })]),
    });

    /// <summary>Returns an error and its details.</summary>
    public static MethodResponse Problem(int status, string error, JsonObject? details = null)
    {
        var body = new JsonObject { ["error"] = TwinText.Limit(error) };
        foreach (var (name, value) in details ?? [])
        {
            body[name] = value?.DeepClone();
        }

        return new MethodResponse(status, body);
    }

    /// <summary>Returns a list of names, at most <see cref="MaxListed"/>.</summary>
    public static JsonArray Names(IReadOnlyCollection<string> names) =>
        [.. names.Take(MaxListed), .. names.Count > MaxListed ? [$"and {names.Count - MaxListed} more"] : Array.Empty<JsonNode>()];

    /// <summary>Returns the largest size of a payload in bytes; what is sent may have fewer escapes.</summary>
    public static int SizeOf(JsonNode? payload) => payload is null ? 0 : JsonSerializer.SerializeToUtf8Bytes(payload).Length;
}

/// <summary>A call that cannot be carried out, and the answer to its caller.</summary>
/// <param name="status">As an HTTP status, 400 or above.</param>
/// <param name="message">Why, in plain words.</param>
/// <param name="details">More properties of the answer; null for none.</param>
internal sealed class MethodException(int status, string message, JsonObject? details = null) : Exception(message)
{
    public int Status { get; } = status;

    public JsonObject? Details { get; } = details;
}
