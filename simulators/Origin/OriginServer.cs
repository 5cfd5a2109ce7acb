using System.Net;
using EdgeGateway.Simulators.Origin.Faults;
using EdgeGateway.Simulators.Origin.Serving;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.FileProviders;

namespace EdgeGateway.Simulators.Origin;

/// <summary>
/// Serves firmware files over HTTP, with ranges, entity tags, a count of what it served and faults on demand
/// (<c>?fault=...&amp;after=...&amp;rate=...</c>, or <see cref="Faults"/>). Runs in the process of a test, or as an executable of its own.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class OriginServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly PhysicalFileProvider _files;

    private OriginServer(WebApplication application, PhysicalFileProvider files, FaultPlan faults, ServedBytes served)
    {
        _application = application;
        _files = files;
        Faults = faults;
        Served = served;
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Url = new Uri(addresses.Single());
    }

    /// <summary>Base address of the files.</summary>
    public Uri Url { get; }

    /// <summary>Gets the fault of the next requests, which can be changed at any time.</summary>
    public FaultPlan Faults { get; }

    /// <summary>Gets the counts of what was served.</summary>
    public ServedBytes Served { get; }

    /// <summary>Starts an origin.</summary>
    /// <param name="options">What to serve, and where.</param>
    /// <param name="time">Clock of slow answers; null for the machine's.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="DirectoryNotFoundException">The root is not there.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<OriginServer> StartAsync(
        OriginOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var files = new PhysicalFileProvider(Path.GetFullPath(options.Root));
        var faults = new FaultPlan();
        faults.Set(options.Fault);
        var served = new ServedBytes();
        var server = new FileServer(files, faults, served, time ?? TimeProvider.System);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (options.Bind is { } bind)
        {
            builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = end => bind((IPEndPoint)end));
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null; // slow clients are allowed
            kestrel.Listen(options.Address, options.Port);
        });
        var application = builder.Build();
        application.MapGet("/statistics", () => Results.Text(served.ToJson().ToJsonString(), "application/json"));
        application.MapDelete("/statistics", () =>
        {
            served.Reset();
            return Results.NoContent();
        });
        if (options.Uploads)
        {
            application.MapPut("/{name}", new UploadFolder(options.Root).PutAsync);
        }

        application.MapMethods("/{**path}", ["GET", "HEAD"], (HttpContext context, string? path) => server.HandleAsync(context, path ?? ""));
        await application.StartAsync(cancellationToken);
        return new OriginServer(application, files, faults, served);
    }

    /// <summary>Waits until the origin is asked to stop, for example by SIGTERM.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _application.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using (var now = new CancellationTokenSource(TimeSpan.Zero))
        {
            await _application.StopAsync(now.Token); // running requests, including silent ones, end at once
        }

        await _application.DisposeAsync();
        _files.Dispose();
    }
}
