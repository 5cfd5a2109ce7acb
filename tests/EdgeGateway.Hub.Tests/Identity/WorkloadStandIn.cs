using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Tests.Identity;

/// <summary>The workload API on a unix socket, as far as a module uses it.</summary>
internal sealed class WorkloadStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WorkloadStandIn(WebApplication app) => _app = app;

    public static byte[] Key { get; } = "the module's key, which never leaves"u8.ToArray();

    public static async Task<WorkloadStandIn> StartAsync(string socket, string trustBundle)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        var app = builder.Build();
        app.MapPost("/modules/{module}/genid/{generation}/sign", (string module, string generation, SignRequest request) =>
            module == "gateway" && generation == "637" && request is { KeyId: "primary", Algo: "HMACSHA256" }
                ? Results.Json(new { digest = Convert.ToBase64String(HMACSHA256.HashData(Key, Convert.FromBase64String(request.Data))) })
                : Results.Json(new { message = "module not found" }, statusCode: 404));
        app.MapPost("/modules/gateway/genid/637/certificate/identity", (IdentityRequest request) => Results.Json(
            new { privateKey = new { type = "key", bytes = "the key" }, certificate = $"until {request.Expiration}", expiration = request.Expiration },
            statusCode: 201));
        app.MapGet("/trust-bundle", () => Results.Json(new { certificate = trustBundle }));
        await app.StartAsync();
        return new WorkloadStandIn(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed record IdentityRequest(string Expiration);

    private sealed record SignRequest(string KeyId, string Algo, string Data);
}
