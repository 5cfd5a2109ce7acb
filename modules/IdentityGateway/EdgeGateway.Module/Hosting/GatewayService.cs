using EdgeGateway.Module.Dynamic;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Methods.Pausing;
using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>
/// Starts and stops the gateway: settings of the twin, the module's connection, then the fleet; back in the opposite order.
/// </summary>
internal sealed class GatewayService(
    McuFleet fleet,
    ModuleUnit module,
    DynamicSettings dynamicSettings,
    Readiness readiness,
    FleetPulse pulse,
    UpdatePause pause,
    StartupLog startup,
    OutboxCleanup cleanup,
    IOptionsMonitor<ModuleOptions> options,
    TimeProvider time) : IHostedService, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _looking = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        dynamicSettings.Restore();
        startup.Write();
        cleanup.Run();
        module.Start();
        pause.Start();
        fleet.Start();
        await ReportAsync(cancellationToken);
        _looking = LookAtFleetAsync();
    }

    /// <summary>
    /// Stops within Module:StopTimeout: three eighths of it for the work to reach its journal, a quarter each for the last reports and for closing.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var limit = options.CurrentValue.StopTimeout;
        await _stopping.CancelAsync();
        await _looking;
        await ReportAsync(CancellationToken.None);
        await fleet.StopAsync(limit * 3 / 8, module, limit / 4, time);
        using var closing = new CancellationTokenSource(limit / 4, time);
        await Task.WhenAll(fleet.DisposeAsync().AsTask(), module.DisposeAsync().AsTask())
            .WaitAsync(closing.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops the loop where the host ends without a stop.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _looking;
        _stopping.Dispose();
    }

    private async Task LookAtFleetAsync()
    {
        using var timer = new PeriodicTimer(ModuleUnit.FleetInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                await ReportAsync(_stopping.Token);
            }
        }
        catch (Exception e) when (_stopping.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // stopped, or the host ended without a stop and took its services along
        }
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        module.Report(fleet.Units, await readiness.CheckAsync(cancellationToken));
        pulse.Beat();
    }
}
