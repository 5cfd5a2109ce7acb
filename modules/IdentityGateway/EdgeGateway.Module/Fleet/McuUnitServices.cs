using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Methods;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Fleet;

/// <summary>What every <see cref="McuUnit"/> needs of the house.</summary>
internal sealed record McuUnitServices(
    IMcuWorkflowFactory Workflows,
    IDeviceConnectionFactory Connections,
    IOptionsMonitor<ModuleOptions> ModuleOptions,
    IOptionsMonitor<HubOptions> HubOptions,
    UpdateMetrics Metrics,
    TimeProvider Time,
    ILogger<MethodTable> MethodLogger,
    ILogger<McuUnit> Logger);
