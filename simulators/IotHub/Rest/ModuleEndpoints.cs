using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary><c>/devices/{id}/modules</c> of the service API.</summary>
internal static class ModuleEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, HubState hub)
    {
        var documents = new IdentityDocuments(hub);
        routes.MapGet("/devices/{id}/modules", (HttpContext context, string id) =>
        {
            hub.Registry.Get(new IdentityName(id));
            return RequestJson.Answer(
                context, new JsonArray([.. hub.Registry.ModulesOf(id).Select(m => (JsonNode)documents.Registration(m))]));
        });
        routes.MapGet("/devices/{id}/modules/{module}", (HttpContext context, string id, string module) =>
            DeviceEndpoints.Answer(context, documents, hub.Registry.Get(new IdentityName(id, module))));
        routes.MapPut("/devices/{id}/modules/{module}", (HttpContext context, string id, string module) =>
            DeviceEndpoints.PutAsync(context, hub, documents, new IdentityName(id, module)));
        routes.MapDelete("/devices/{id}/modules/{module}", (HttpContext context, string id, string module) =>
            DeviceEndpoints.Delete(context, hub, new IdentityName(id, module)));
    }
}
