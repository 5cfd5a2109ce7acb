using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Scenarios.Processes;

/// <summary>Stand-in for the workload API of the IoT Edge security daemon, on its unix socket: signs for the module, once it is willing.</summary>
internal sealed class WorkloadApi : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly byte[] _key;

    private WorkloadApi(WebApplication web, string key) => (_web, _key) = (web, Convert.FromBase64String(key));

    /// <summary>False: every request is refused.</summary>
    public bool IsWilling { get; set; }

    public static async Task<WorkloadApi> StartAsync(string socket, string key)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        var api = new WorkloadApi(builder.Build(), key);
        api._web.MapPost("/modules/{module}/genid/{generation}/sign", api.SignAsync);
        await api._web.StartAsync();
        return api;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task<IResult> SignAsync(HttpRequest request)
    {
        if (!IsWilling)
        {
            return Results.Text("not yet", statusCode: StatusCodes.Status403Forbidden);
        }

        var body = await JsonNode.ParseAsync(request.Body);
        var data = Convert.FromBase64String((string)body!["data"]!);
        return Results.Json(new JsonObject { ["digest"] = Convert.ToBase64String(HMACSHA256.HashData(_key, data)) });
    }
}
