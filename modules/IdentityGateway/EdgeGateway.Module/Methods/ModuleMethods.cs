using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Methods.Content;
using EdgeGateway.Module.Methods.Logs;
using EdgeGateway.Module.Methods.Mcus;
using EdgeGateway.Module.Methods.Pausing;
using EdgeGateway.Module.Methods.Ports;
using EdgeGateway.Module.Methods.Updates;
using EdgeGateway.Module.Prefetch;
using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Methods;

/// <summary>The direct methods of the module's own identity.</summary>
internal sealed class ModuleMethods(
    McuFleet fleet,
    GatewaySettings settings,
    UpdatePause pause,
    LogRing log,
    PortScanner ports,
    Prefetcher prefetcher,
    IModuleIdentitySource identity,
    TimeProvider time,
    ILogger<MethodTable> logger)
{
    /// <summary>Gets the table of methods.</summary>
    public MethodTable Table { get; } = new(
        "the module",
        [
            new ListMcus(fleet),
            new GetMcu(fleet),
            new CancelUpdate(fleet),
            new RetryUpdate(fleet),
            new GetHistory(fleet),
            new PauseUpdates(fleet, pause),
            new ResumeUpdates(fleet, pause),
            new ScanPorts(ports, settings),
            new PrefetchContent(prefetcher),
            new GetPrefetch(prefetcher),
            new CancelPrefetch(prefetcher),
            new GetLogs(log, identity, time),
        ],
        time,
        logger);
}
