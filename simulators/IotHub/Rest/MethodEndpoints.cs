using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>Serves the direct methods of the service API.</summary>
internal static class MethodEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, HubState hub)
    {
        routes.MapPost("/twins/{id}/methods", (HttpContext context, string id) => InvokeAsync(context, hub, new IdentityName(id)));
        routes.MapPost("/twins/{id}/modules/{module}/methods", (HttpContext context, string id, string module) =>
            InvokeAsync(context, hub, new IdentityName(id, module)));
    }

    private static async Task<IResult> InvokeAsync(HttpContext context, HubState hub, IdentityName name)
    {
        var body = await RequestJson.ReadObjectAsync(context.Request);
        var method = body.Text("methodName") ?? throw new HubRequestException(HubError.ArgumentInvalid, "'methodName' is missing");
        var response = body.Integer("responseTimeoutInSeconds");
        var call = new MethodCall(
            method,
            body["payload"],
            response is null ? MethodInvoker.DefaultResponseTimeout : TimeSpan.FromSeconds(response.Value),
            TimeSpan.FromSeconds(body.Integer("connectTimeoutInSeconds") ?? 0));
        var answer = await hub.Methods.InvokeAsync(name, call, context.RequestAborted);
        return RequestJson.Answer(context, new JsonObject { ["status"] = answer.Status, ["payload"] = answer.Payload?.DeepClone() });
    }
}
