using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>Serves <c>/twins</c> of the service API.</summary>
internal sealed class TwinEndpoints(HubState hub)
{
    private const string DevicePath = "/twins/{id}";
    private const string ModulePath = "/twins/{id}/modules/{module}";
    private readonly IdentityDocuments _documents = new(hub);

    public static void Map(IEndpointRouteBuilder routes, HubState hub)
    {
        var twins = new TwinEndpoints(hub);
        routes.MapGet(DevicePath, (HttpContext c, string id) => twins.Get(c, new IdentityName(id)));
        routes.MapPatch(DevicePath, (HttpContext c, string id) => twins.UpdateAsync(c, new IdentityName(id), replace: false));
        routes.MapPut(DevicePath, (HttpContext c, string id) => twins.UpdateAsync(c, new IdentityName(id), replace: true));
        routes.MapGet(ModulePath, (HttpContext c, string id, string module) => twins.Get(c, new IdentityName(id, module)));
        routes.MapPatch(ModulePath, (HttpContext c, string id, string module) =>
            twins.UpdateAsync(c, new IdentityName(id, module), replace: false));
        routes.MapPut(ModulePath, (HttpContext c, string id, string module) =>
            twins.UpdateAsync(c, new IdentityName(id, module), replace: true));
    }

    private IResult Get(HttpContext context, IdentityName name) => Answer(context, hub.Registry.Get(name));

    private async Task<IResult> UpdateAsync(HttpContext context, IdentityName name, bool replace)
    {
        var identity = hub.Registry.Get(name);
        var body = await RequestJson.ReadObjectAsync(context.Request);
        var properties = body.Object("properties");
        if (properties?.ContainsKey("desired") is false && properties.ContainsKey("reported"))
        {
            throw new HubRequestException(HubError.ArgumentInvalid, "reported properties can be changed by the device only");
        }

        identity.Twin.Update(Plain(body.Object("tags")), Plain(properties.Object("desired")), replace, context.Request.IfMatch());
        return Answer(context, identity);
    }

    private IResult Answer(HttpContext context, HubIdentity identity) =>
        RequestJson.Answer(context, _documents.Twin(identity), identity.Twin.ETag);

    // Service clients send whole twins back, which contain fields of the hub.
    private static JsonObject? Plain(JsonObject? section)
    {
        section?.Remove("$metadata");
        section?.Remove("$version");
        return section;
    }
}
