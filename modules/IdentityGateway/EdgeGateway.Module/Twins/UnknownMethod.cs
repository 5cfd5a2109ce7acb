using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Module.Twins;

/// <summary>The answer to a direct method that does not exist.</summary>
internal static class UnknownMethod
{
    public static MethodResponse Answer(MethodRequest request) => new(404, new JsonObject
    {
        ["message"] = $"There is no method '{TwinText.Limit(request.Name, 128)}'. This version of the gateway has no direct methods.",
    });
}
