using System.Text.Json.Nodes;
using EdgeGateway.Hub;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Logging;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Twins;
using EdgeGateway.Module.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>
/// Builds the host that runs while the gateway cannot: the endpoint of health and the connection of the module, both to say what is wrong. No
/// line is touched.
/// </summary>
internal static class WaitingHost
{
    public static IHost Build(StartAttempt attempt, Action<IServiceCollection>? replace = null)
    {
        var settings = attempt.Usable();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            ApplicationName = "EdgeGateway",
        });
        builder.Services
            .AddSingleton(attempt)
            .AddSingleton(attempt.Environment)
            .AddSingleton<IModuleIdentitySource>(attempt.Environment)
            .AddEdgeLogging()
            .AddHub()
            .AddWebEndpoint(settings.Web, settings.Hub.HostName)
            .AddSingleton<IHostLifetime, SignalLifetime>()
            .AddHostedService<WaitingService>()
            .Configure<HostOptions>(o => o.ShutdownTimeout = settings.Module.StopTimeout)
            .Replace(ServiceDescriptor.Singleton<IOptionsMonitor<ModuleOptions>>(new FixedOptions<ModuleOptions>(settings.Module)))
            .Replace(ServiceDescriptor.Singleton<IOptionsMonitor<HubOptions>>(new FixedOptions<HubOptions>(settings.Hub)));
        builder.Services.AddHealthChecks()
            .AddCheck(
                GatewayLiveness.Name,
                () => HealthCheckResult.Healthy("waits for its settings to be corrected, /readyz says which"),
                [HealthTags.Live])
            .AddCheck(
                SettingsReadiness.Name, () => HealthCheckResult.Unhealthy(string.Join("; ", attempt.Mistakes)), [HealthTags.Ready]);
        replace?.Invoke(builder.Services);
        return builder.Build();
    }
}

/// <summary>Reports in the log and in the module twin what keeps the gateway from running.</summary>
internal sealed partial class WaitingService(
    StartAttempt attempt,
    IModuleIdentitySource module,
    IDeviceConnectionFactory connections,
    TimeProvider time,
    ILogger<WaitingService> logger) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(2);

    private IDeviceConnection? _connection;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogWaiting(attempt.Mistakes.Count, GatewayRun.Pause);
        foreach (var mistake in attempt.Mistakes)
        {
            LogMistake(mistake);
        }

        if (module.Current is { } identity)
        {
            _connection = connections.Create(identity.Identity);
            new ModuleReports(_connection, time.GetUtcNow()).OnWaiting(attempt.Mistakes);
            _connection.Start(new WaitingHandler());
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_connection?.State == ConnectionState.Connected)
        {
            using var limit = new CancellationTokenSource(FlushLimit, time);
            await _connection.FlushReportsAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await connection.DisposeAsync();
        }
    }

    [LoggerMessage(4020, LogLevel.Error,
        "Gateway cannot run until its settings are corrected; they are read again regularly, and no line is touched until then. Mistakes={Count} Interval={Pause}")]
    private partial void LogWaiting(int count, TimeSpan pause);

    [LoggerMessage(4021, LogLevel.Error, "{Mistake}")]
    private partial void LogMistake(SettingsError mistake);
}

/// <summary>Receives what the hub sends to a module that waits: its twin changes nothing yet, and methods answer 503.</summary>
internal sealed class WaitingHandler : IDeviceHandler
{
    public ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new MethodResponse(503, new JsonObject
        {
            ["message"] = "The gateway waits for its settings to be corrected; gateway.problems in the reported properties of the module says what is wrong.",
        }));

    public ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
