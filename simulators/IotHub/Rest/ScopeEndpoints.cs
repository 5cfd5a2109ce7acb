using EdgeGateway.Hub.Identity;
using EdgeGateway.Simulators.IotHub.Edge.Scope;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Mqtt;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>Serves the device scope to edge hubs below, which call with their own token.</summary>
internal sealed class ScopeEndpoints(HubState hub)
{
    private const string Root = "/devices/{id}/modules/$edgeHub/";
    private readonly IdentityDocuments _documents = new(hub);
    private readonly ClientAuthenticator _authenticator = new(hub);

    public static void Map(IEndpointRouteBuilder routes, HubState hub)
    {
        var scopes = new ScopeEndpoints(hub);
        routes.MapPost(Root + ScopeApi.All, (HttpContext context, string id) => scopes.ReadAllAsync(context, id));
        routes.MapPost(Root + ScopeApi.One, (HttpContext context, string id) => scopes.ReadOneAsync(context, id));
    }

    private async Task<IResult> ReadAllAsync(HttpContext context, string edgeId)
    {
        await CheckAsync(context, edgeId);
        return Answer(context, hub.Registry.Scopes.Of(edgeId));
    }

    private async Task<IResult> ReadOneAsync(HttpContext context, string edgeId)
    {
        await CheckAsync(context, edgeId);
        var body = await RequestJson.ReadObjectAsync(context.Request);
        var device = body.Text("targetDeviceId") ?? throw new HubRequestException(HubError.ArgumentInvalid, "'targetDeviceId' is missing");
        var target = new IdentityName(device, body.Text("targetModuleId"));
        await hub.Backend.RefreshAsync(target, context.RequestAborted);
        IdentityName[] wanted = target.ModuleId is null ? [target] : [new IdentityName(device), target];
        return Answer(context, wanted.Select(hub.Registry.Find).OfType<HubIdentity>().Where(i => hub.Registry.Scopes.IsWithin(i.Name, edgeId)));
    }

    private IResult Answer(HttpContext context, IEnumerable<HubIdentity> identities) =>
        RequestJson.Answer(context, ScopeApi.Answer(identities.Select(_documents.Registration)));

    private async Task CheckAsync(HttpContext context, string edgeId)
    {
        SharedAccessSignature token;
        try
        {
            token = SharedAccessSignature.Parse(context.Request.Headers.Authorization.ToString());
        }
        catch (FormatException e)
        {
            throw new HubRequestException(HubError.Unauthorized, e.Message);
        }

        var why = _authenticator.CheckToken(token, _authenticator.Actor(edgeId, token));
        if (why is not null && await hub.Backend.RefreshAsync(new IdentityName(edgeId, IdentityName.EdgeHubModule), context.RequestAborted))
        {
            why = _authenticator.CheckToken(token, _authenticator.Actor(edgeId, token));
        }

        if (why is not null)
        {
            throw new HubRequestException(HubError.Unauthorized, why);
        }
    }
}
