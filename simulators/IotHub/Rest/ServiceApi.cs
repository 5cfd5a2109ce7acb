using EdgeGateway.Simulators.IotHub.Hosting;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>
/// Maps the service API of IoT Hub and, below <c>/simulator</c>, the simulator's own API. An edge hub has only the direct methods of the service API.
/// </summary>
internal static class ServiceApi
{
    public static void Map(WebApplication application)
    {
        var hub = application.Services.GetRequiredService<HubState>();
        application.Use(new ServiceErrors(hub).HandleAsync);
        application.Use(new ServiceAuthentication(hub).HandleAsync);
        WebSocketEndpoint.Map(application);
        ScopeEndpoints.Map(application, hub);
        MethodEndpoints.Map(application, hub);
        SimulatorEndpoints.Map(application, hub);
        if (hub.EdgeHub is null)
        {
            IdentityEndpoints.Map(application, hub);
            TwinEndpoints.Map(application, hub);
            QueryEndpoints.Map(application, hub);
        }
    }
}
