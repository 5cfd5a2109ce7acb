using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>Serves <c>/devices</c> and <c>/devices/{id}/modules</c> of the service API: the identity registry.</summary>
internal static class IdentityEndpoints
{
    private const int MaxList = 1000;

    public static void Map(IEndpointRouteBuilder routes, HubState hub)
    {
        var documents = new IdentityDocuments(hub);
        routes.MapGet("/devices", (HttpContext context, int? top) =>
        {
            if (top is < 1 or > MaxList)
            {
                throw new HubRequestException(HubError.ArgumentInvalid, $"top must be 1 to {MaxList}");
            }

            var list = hub.Registry.Devices.Take(top ?? MaxList).Select(d => (JsonNode)documents.Registration(d));
            return RequestJson.Answer(context, new JsonArray([.. list]));
        });
        routes.MapGet("/devices/{id}", (HttpContext context, string id) =>
            Answer(context, documents, hub.Registry.Get(new IdentityName(id))));
        routes.MapPut("/devices/{id}", (HttpContext context, string id) => PutAsync(context, hub, documents, new IdentityName(id)));
        routes.MapDelete("/devices/{id}", (HttpContext context, string id) => Delete(context, hub, new IdentityName(id)));
        routes.MapDelete("/devices/{id}/commands", (HttpContext context, string id) =>
        {
            var purged = hub.Registry.Get(new IdentityName(id)).CloudToDeviceMessages.Purge();
            return RequestJson.Answer(
                context, new JsonObject { ["deviceId"] = id, ["moduleId"] = null, ["totalMessagesPurged"] = purged });
        });
        MapModules(routes, hub, documents);
        routes.MapGet("/statistics/devices", (HttpContext context) =>
        {
            var devices = hub.Registry.Devices;
            var enabled = devices.Count(d => d.Record.Enabled);
            return RequestJson.Answer(context, new JsonObject
            {
                ["totalDeviceCount"] = devices.Count,
                ["enabledDeviceCount"] = enabled,
                ["disabledDeviceCount"] = devices.Count - enabled,
            });
        });
        routes.MapGet("/statistics/service", (HttpContext context) => RequestJson.Answer(
            context, new JsonObject { ["connectedDeviceCount"] = hub.Sessions.All.Count(s => s.Name.ModuleId is null) }));
    }

    private static void MapModules(IEndpointRouteBuilder routes, HubState hub, IdentityDocuments documents)
    {
        routes.MapGet("/devices/{id}/modules", (HttpContext context, string id) =>
        {
            hub.Registry.Get(new IdentityName(id));
            return RequestJson.Answer(
                context, new JsonArray([.. hub.Registry.ModulesOf(id).Select(m => (JsonNode)documents.Registration(m))]));
        });
        routes.MapGet("/devices/{id}/modules/{module}", (HttpContext context, string id, string module) =>
            Answer(context, documents, hub.Registry.Get(new IdentityName(id, module))));
        routes.MapPut("/devices/{id}/modules/{module}", (HttpContext context, string id, string module) =>
            PutAsync(context, hub, documents, new IdentityName(id, module)));
        routes.MapDelete("/devices/{id}/modules/{module}", (HttpContext context, string id, string module) =>
            Delete(context, hub, new IdentityName(id, module)));
    }

    /// <summary>Creates without <c>If-Match</c>, updates with it; devices and modules alike.</summary>
    private static async Task<IResult> PutAsync(HttpContext context, HubState hub, IdentityDocuments documents, IdentityName name)
    {
        var change = IdentityDocuments.Change(await RequestJson.ReadObjectAsync(context.Request), name);
        var ifMatch = context.Request.IfMatch();
        var identity = ifMatch is null ? hub.Registry.Create(name, change) : hub.Registry.Update(name, change, ifMatch);
        return Answer(context, documents, identity);
    }

    private static IResult Delete(HttpContext context, HubState hub, IdentityName name)
    {
        hub.Registry.Delete(name, context.Request.IfMatch());
        return Results.NoContent();
    }

    private static IResult Answer(HttpContext context, IdentityDocuments documents, HubIdentity identity) =>
        RequestJson.Answer(context, documents.Registration(identity), identity.Record.ETag);
}
