using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Methods;
using EdgeGateway.Module.Methods.Mcus;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Twins;
using EdgeGateway.Serial.Drivers;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Fleet;

/// <summary>
/// One microcontroller in the gateway: its connection at the hub, its twin, its workflow. What goes wrong here stays here: a workflow that
/// crashes is reported and started again, later each time.
/// </summary>
internal sealed partial class McuUnit : IAsyncDisposable
{
    /// <summary>Longest wait before a crashed workflow is started again.</summary>
    public static readonly TimeSpan LongestRestartDelay = TimeSpan.FromMinutes(5);

    /// <summary>A workflow that ran this long has recovered: its next crash counts as the first.</summary>
    public static readonly TimeSpan Recovered = TimeSpan.FromMinutes(10);

    private readonly IMcuPort _port;
    private readonly IMcuWorkflowFactory _workflows;
    private readonly IOptionsMonitor<ModuleOptions> _options;
    private readonly TimeProvider _time;
    private readonly UpdateMetrics _metrics;
    private readonly ILogger<McuUnit> _logger;
    private readonly McuTwinHandler _handler;
    private readonly McuReports _reports;
    private readonly McuOperations _operations;
    private readonly IDeviceConnection _connection;

    public McuUnit(McuId id, IMcuPort port, McuUnitServices services)
    {
        Id = id;
        _port = port;
        _workflows = services.Workflows;
        _options = services.ModuleOptions;
        _time = services.Time;
        _logger = services.Logger;
        _metrics = services.Metrics;
        _connection = services.Connections.Create(new DeviceIdentity(id.Value, null, ModelIds.DeviceUpdateModel));
        _reports = new McuReports(_connection, port.LineName, _time);
        _operations = new McuOperations(() => Workflow, _reports.OnOperation, _time);
        var methods = new MethodTable(id.Value, [new Reboot(_operations), new Identify(_operations)], _time, services.MethodLogger);
        _handler = new McuTwinHandler(methods, _reports);
    }

    public McuId Id { get; }

    /// <summary>The line it is on, as configured.</summary>
    public string Line => _port.LineName;

    /// <summary>State of its connection; null until it said something.</summary>
    public ConnectionStatus? Connection => _handler.Connection;

    /// <summary>What it has still to report.</summary>
    public ReportBacklog Backlog => _connection.Backlog;

    /// <summary>How its update stands; null until its workflow said so.</summary>
    public McuStatus? Status => _reports.Status;

    /// <summary>Its workflow; null until it was made.</summary>
    public IMcuWorkflow? Workflow { get; private set; }

    /// <summary>The component <c>gateway</c> as it stands now; null until its workflow said something.</summary>
    public JsonObject? Component => _reports.Component;

    /// <summary>True where new orders are held back.</summary>
    public bool IsPaused => _handler.IsPaused;

    /// <summary>Holds new orders back, or lets them through.</summary>
    public void Pause(bool paused) => _handler.Pause(paused);

    /// <summary>Connects, and works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _connection.Start(_handler);
        var crashes = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var begun = _time.GetTimestamp();
            var problem = await RunWorkflowAsync(cancellationToken);
            if (problem is null)
            {
                return;
            }

            crashes = _time.GetElapsedTime(begun) >= Recovered ? 1 : crashes + 1;
            var delay = RestartDelay(_options.CurrentValue.CrashRestartDelay, crashes);
            LogCrashed(problem, Id, delay);
            _reports.OnCrash(
                Id,
                $"The gateway's own work for this microcontroller failed, and begins again in {delay:c}: {problem.Message}",
                _time.GetUtcNow() + delay);
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends what is still to be reported, and waits for the hub to have it; at once where the hub is away.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) =>
        _connection.State == ConnectionState.Connected ? _connection.FlushReportsAsync(cancellationToken) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _operations.DisposeAsync();
        await _connection.DisposeAsync();
    }

    internal static TimeSpan RestartDelay(TimeSpan first, int crashes) => Backoff.Bound(crashes, first, LongestRestartDelay);

    /// <summary>Runs a workflow to its end; returns why it crashed, null where it was asked to stop.</summary>
    private async Task<Exception?> RunWorkflowAsync(CancellationToken cancellationToken)
    {
        try
        {
            var workflow = _workflows.Create(Id, _port, new MeteredObserver(_reports, _metrics, Line, _time));
            Workflow = workflow;
            _handler.Use(workflow);
            await workflow.RunAsync(cancellationToken);
            return cancellationToken.IsCancellationRequested ? null : new InvalidOperationException("it ended without being asked to");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // any exception: the other microcontrollers must go on; it is logged, reported and counted
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    [LoggerMessage(4200, LogLevel.Error, "The work for {Mcu} crashed and begins again in {Delay}; the other microcontrollers go on")]
    private partial void LogCrashed(Exception problem, McuId mcu, TimeSpan delay);
}

/// <summary>Services that every <see cref="McuUnit"/> needs.</summary>
internal sealed record McuUnitServices(
    IMcuWorkflowFactory Workflows,
    IDeviceConnectionFactory Connections,
    IOptionsMonitor<ModuleOptions> ModuleOptions,
    UpdateMetrics Metrics,
    TimeProvider Time,
    ILogger<MethodTable> MethodLogger,
    ILogger<McuUnit> Logger);
