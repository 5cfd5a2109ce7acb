using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Twins;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>Says in the log and in the module twin what keeps the gateway from running.</summary>
internal sealed partial class WaitingService(
    StartAttempt attempt,
    IModuleIdentitySource module,
    IDeviceConnectionFactory connections,
    IOptionsMonitor<HubOptions> options,
    TimeProvider time,
    ILogger<WaitingService> logger) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger = logger;
    private IDeviceConnection? _connection;
    private TwinReporter? _reporter;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogWaiting(attempt.Mistakes.Count, GatewayRun.Pause);
        foreach (var mistake in attempt.Mistakes)
        {
            LogMistake(mistake);
        }

        if (module.Current is { } identity)
        {
            var handler = new WaitingHandler();
            _connection = connections.Create(identity.Identity, handler);
            _reporter = new TwinReporter(_connection, () => options.CurrentValue.ReportInterval, time);
            var reports = new ModuleReports(_reporter, time.GetUtcNow());
            handler.Attach(reports);
            reports.OnWaiting(attempt.Mistakes);
            _connection.Start();
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_connection?.State == ConnectionState.Connected)
        {
            using var limit = new CancellationTokenSource(FlushLimit, time);
            await _reporter!.FlushAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await _reporter!.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    [LoggerMessage(4020, LogLevel.Error,
        "The gateway cannot run, mistakes: {Count}. It looks again every {Pause} and runs as soon as they are mended; no line is touched until then")]
    private partial void LogWaiting(int count, TimeSpan pause);

    [LoggerMessage(4021, LogLevel.Error, "{Mistake}")]
    private partial void LogMistake(SettingsError mistake);
}
