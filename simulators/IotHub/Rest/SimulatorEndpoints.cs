using System.Text;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>Serves what the real hub does not have, or only over AMQP: connected clients, statistics, telemetry, cloud-to-device messages and switches for faults.</summary>
internal static class SimulatorEndpoints
{
    public const string Root = "/simulator";

    public static void Map(IEndpointRouteBuilder application, HubState hub)
    {
        var routes = application.MapGroup(Root);
        routes.MapGet("/clients", (HttpContext context) => RequestJson.Answer(context, Clients(hub)));
        routes.MapPost("/clients/{id}/drop", (string id) => Drop(hub, new IdentityName(id)));
        routes.MapPost("/clients/{id}/modules/{module}/drop", (string id, string module) => Drop(hub, new IdentityName(id, module)));
        routes.MapGet("/statistics", (HttpContext context) => RequestJson.Answer(context, Statistics(hub)));
        routes.MapGet("/telemetry", (HttpContext context, string? deviceId, int? top) =>
            RequestJson.Answer(context, Telemetry(hub, deviceId, top ?? 100)));
        routes.MapPost("/devices/{id}/messages", (HttpContext context, string id) => SendAsync(context, hub, new IdentityName(id)));
        routes.MapGet("/switches", (HttpContext context) => RequestJson.Answer(context, Switches(hub)));
        routes.MapPut("/switches", (Func<HttpContext, Task<IResult>>)(context => SwitchAsync(context, hub)));
    }

    private static JsonArray Clients(HubState hub) => new([.. hub.Sessions.All.Select(s => (JsonNode)new JsonObject
    {
        ["deviceId"] = s.Name.DeviceId,
        ["moduleId"] = s.Name.ModuleId,
        ["remote"] = s.Remote,
        ["connectedAt"] = s.ConnectedAt,
        ["acceptsMethods"] = s.AcceptsMethods,
    })]);

    private static IResult Drop(HubState hub, IdentityName name) => hub.Sessions.Drop(name)
        ? Results.NoContent()
        : throw new HubRequestException(HubError.DeviceNotOnline, $"'{name}' is not connected");

    private static JsonObject Statistics(HubState hub)
    {
        var identities = new JsonObject();
        foreach (var identity in hub.Registry.All)
        {
            var counts = identity.Statistics;
            identities[identity.Name.ToString()] = new JsonObject
            {
                ["connects"] = counts.Connects,
                ["refusals"] = counts.Refusals,
                ["telemetryMessages"] = counts.TelemetryMessages,
                ["twinGets"] = counts.TwinGets,
                ["reportedPatches"] = counts.ReportedPatches,
                ["desiredPushes"] = counts.DesiredPushes,
                ["methodCalls"] = counts.MethodCalls,
                ["commandsCompleted"] = counts.MessagesCompleted,
            };
        }

        var statistics = new JsonObject
        {
            ["connectedClients"] = hub.Sessions.Count,
            ["telemetryMessages"] = hub.Telemetry.Total,
            ["identities"] = identities,
        };
        if (hub.EdgeHub is { } edge)
        {
            var (reports, messages) = edge.Waiting;
            statistics["upstream"] = new JsonObject
            {
                ["connected"] = edge.IsConnected,
                ["waitingReports"] = reports,
                ["waitingMessages"] = messages,
            };
        }

        return statistics;
    }

    private static JsonArray Telemetry(HubState hub, string? deviceId, int top) => new([.. hub.Telemetry.Read()
        .Where(m => deviceId is null || m.Sender.DeviceId == deviceId)
        .TakeLast(top)
        .Select(m => (JsonNode)new JsonObject
        {
            ["deviceId"] = m.Sender.DeviceId,
            ["moduleId"] = m.Sender.ModuleId,
            ["enqueuedAt"] = m.EnqueuedAt,
            ["properties"] = new JsonObject(m.Properties.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
            ["bodyBase64"] = Convert.ToBase64String(m.Body.Span),
            ["body"] = Encoding.UTF8.GetString(m.Body.Span),
        })]);

    private static async Task<IResult> SendAsync(HttpContext context, HubState hub, IdentityName name)
    {
        var identity = hub.Registry.Get(name);
        var body = await RequestJson.ReadObjectAsync(context.Request);
        var content = body.Text("bodyBase64") is { } encoded ? Convert.FromBase64String(encoded) : Encoding.UTF8.GetBytes(body.Text("body") ?? "");
        var properties = (body.Object("properties") ?? []).ToDictionary(p => p.Key, p => p.Value?.GetValue<string>() ?? "");
        TimeSpan? life = body.Integer("timeToLiveSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var message = identity.CloudToDeviceMessages.Add(content, properties, life);
        return RequestJson.Answer(context, new JsonObject { ["messageId"] = message.MessageId });
    }

    private static JsonObject Switches(HubState hub) => new()
    {
        ["offline"] = hub.Switches.Offline,
        ["throttledTwinOperations"] = hub.Switches.ThrottledTwinOperations,
        ["upstreamCut"] = hub.Switches.UpstreamCut,
    };

    private static async Task<IResult> SwitchAsync(HttpContext context, HubState hub)
    {
        var body = await RequestJson.ReadObjectAsync(context.Request);
        hub.Switches.ThrottledTwinOperations = body.Integer("throttledTwinOperations") ?? hub.Switches.ThrottledTwinOperations;
        hub.Switches.UpstreamCut = body["upstreamCut"]?.GetValue<bool>() ?? hub.Switches.UpstreamCut;
        hub.Switches.Offline = body["offline"]?.GetValue<bool>() ?? hub.Switches.Offline;
        return RequestJson.Answer(context, Switches(hub));
    }
}
