using System.Text.Json.Nodes;

namespace EdgeGateway.Module.Methods;

/// <summary>A call that cannot be carried out, and what its caller is told.</summary>
/// <param name="status">As an HTTP status, 400 or above.</param>
/// <param name="message">Why, in plain words.</param>
/// <param name="details">More properties of the answer; null for none.</param>
internal sealed class MethodException(int status, string message, JsonObject? details = null) : Exception(message)
{
    public int Status { get; } = status;

    public JsonObject? Details { get; } = details;
}
