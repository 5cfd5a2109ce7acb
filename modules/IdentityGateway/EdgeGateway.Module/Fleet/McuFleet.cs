using EdgeGateway.Module.Ports;
using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Fleet;

/// <summary>All microcontrollers of the gateway, from start to stop.</summary>
internal sealed partial class McuFleet : IAsyncDisposable
{
    private readonly IMcuPortFactory _ports;
    private readonly ILogger<McuFleet> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private Task[] _runs = [];
    private bool _disposed;

    public McuFleet(GatewaySettings settings, IMcuPortFactory ports, McuUnitServices services, ILogger<McuFleet> logger)
    {
        _ports = ports;
        _logger = logger;
        Units = [.. settings.Lines.SelectMany(line => line.Mcus.Select(mcu => new McuUnit(mcu.McuId, ports.Create(line, mcu), services)))];
    }

    /// <summary>The microcontrollers, in the order of the settings.</summary>
    public IReadOnlyList<McuUnit> Units { get; }

    /// <summary>Gets microcontrollers whose work ended without a request to stop. Each restarts by itself, so there should be none.</summary>
    public IReadOnlyList<McuId> DeadUnits =>
        _stopping.IsCancellationRequested ? [] : [.. Units.Zip(_runs).Where(u => u.Second.IsCompleted).Select(u => u.First.Id)];

    /// <summary>Starts them all; returns at once.</summary>
    public void Start() => _runs = [.. Units.Select(u => Task.Run(() => u.RunAsync(_stopping.Token)))];

    /// <summary>
    /// Stops the work where it stands, with the journals written; the reports of the last moment go out if the hub takes them in time.
    /// </summary>
    /// <param name="workLimit">Longest wait for the work to stop.</param>
    /// <param name="module">Reports too.</param>
    /// <param name="flushLimit">Longest wait for the hub.</param>
    /// <param name="time">The clock.</param>
    public async Task StopAsync(TimeSpan workLimit, ModuleUnit module, TimeSpan flushLimit, TimeProvider time)
    {
        await _stopping.CancelAsync();
        var running = Task.WhenAll(_runs);
        await running.WaitAsync(workLimit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!running.IsCompletedSuccessfully)
        {
            LogNotStopped(string.Join(", ", Units.Where((_, i) => !_runs[i].IsCompleted).Select(u => u.Id)), workLimit);
        }

        using var limit = new CancellationTokenSource(flushLimit, time);
        var flushed = Task.WhenAll(Units.Select(u => u.FlushAsync(limit.Token)).Append(module.FlushAsync(limit.Token)));
        await flushed.WaitAsync(flushLimit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!flushed.IsCompletedSuccessfully)
        {
            LogNotFlushed(flushLimit);
        }
    }

    /// <summary>Closes connections and lines; a second call does nothing, as the first may have been given up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stopping.CancelAsync();
        await Task.WhenAll(Units.Select(u => u.DisposeAsync().AsTask()));
        await _ports.DisposeAsync();

        // what was not stopped before ends now, as its line is closed; nothing of it may outlive the fleet and write its journal
        await Task.WhenAll(_runs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    [LoggerMessage(4210, LogLevel.Warning,
        "The work for {Mcus} did not stop within {Limit}; their journals tell the next start where it stood")]
    private partial void LogNotStopped(string mcus, TimeSpan limit);

    [LoggerMessage(4211, LogLevel.Warning, "The hub did not take the last reports within {Limit}; they are sent after the next start")]
    private partial void LogNotFlushed(TimeSpan limit);
}
