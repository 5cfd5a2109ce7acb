using EdgeGateway.Hub.Identity;
using EdgeGateway.Simulators.IotHub.Edge.Scope;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Security;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>Requires a token of the owner's policy and an api-version, and answers 503 while the hub is offline.</summary>
internal sealed class ServiceAuthentication(HubState hub)
{
    public Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        if (path == WebSocketEndpoint.Path || ScopeApi.Is(path))
        {
            CheckOnline(); // clients authenticate by their CONNECT packet, edge hubs by their own tokens
            return next(context);
        }

        CheckToken(context.Request.Headers.Authorization.ToString());
        if (!path.StartsWithSegments(SimulatorEndpoints.Root))
        {
            CheckOnline();
            if (!context.Request.Query.ContainsKey("api-version"))
            {
                throw new HubRequestException(HubError.InvalidProtocolVersion, "the query has no api-version");
            }
        }

        return next(context);
    }

    private void CheckOnline()
    {
        if (hub.Switches.Offline)
        {
            throw new HubRequestException(HubError.Offline, "the hub is switched offline");
        }
    }

    private void CheckToken(string header)
    {
        SharedAccessSignature token;
        try
        {
            token = SharedAccessSignature.Parse(header);
        }
        catch (FormatException e)
        {
            throw new HubRequestException(HubError.Unauthorized, e.Message);
        }

        var result = token.Check(Convert.FromBase64String(hub.Owner.Key), hub.HostName, hub.Time.GetUtcNow());
        if (token.KeyName != OwnerPolicy.Name || result != SharedAccessSignatureCheck.Valid)
        {
            throw new HubRequestException(
                HubError.Unauthorized, $"a good token of policy {OwnerPolicy.Name} is needed; this one is of '{token.KeyName}', {result}");
        }
    }
}
