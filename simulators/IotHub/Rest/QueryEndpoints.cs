using System.Globalization;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Queries;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>Serves <c>POST /devices/query</c> of the service API, for a small part of its query language; see <see cref="TwinQuery"/>.</summary>
internal static class QueryEndpoints
{
    private const string MaxItems = "x-ms-max-item-count";
    private const string Continuation = "x-ms-continuation";
    private const int DefaultPage = 100;

    public static void Map(IEndpointRouteBuilder routes, HubState hub)
    {
        var documents = new IdentityDocuments(hub);
        routes.MapPost("/devices/query", async (HttpContext context) =>
        {
            var body = await RequestJson.ReadObjectAsync(context.Request);
            var query = TwinQuery.Parse(body.Text("query") ?? throw new HubRequestException(HubError.ArgumentInvalid, "'query' is missing"));
            var start = Number(context, Continuation, 0);
            var page = Number(context, MaxItems, DefaultPage);
            var found = hub.Registry.Devices.Select(documents.Twin).Where(query.Matches).ToList();
            if (start + page < found.Count)
            {
                context.Response.Headers[Continuation] = (start + page).ToString(CultureInfo.InvariantCulture);
            }

            context.Response.Headers["x-ms-item-type"] = "twin";
            return RequestJson.Answer(context, new JsonArray([.. found.Skip(start).Take(page)]));
        });
    }

    private static int Number(HttpContext context, string header, int absent)
    {
        var text = context.Request.Headers[header].ToString();
        if (text.Length == 0)
        {
            return absent;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new HubRequestException(HubError.ArgumentInvalid, $"header {header} is '{text}', it must be a number");
    }
}
