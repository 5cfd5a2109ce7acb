using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Hosting;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Twins;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Health;

/// <summary>Check <c>settings</c> of the running gateway: they are in force, and the files that they name can be used.</summary>
internal sealed class SettingsReadiness(SettingsLayers layers) : IHealthCheck
{
    public const string Name = "settings";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var mistakes = SettingsReader.Read(layers.Others, layers.Environment).Errors;
        return Task.FromResult(mistakes.Count == 0
            ? HealthCheckResult.Healthy($"in force ({layers.File ?? "no settings file"})")
            : HealthCheckResult.Unhealthy(string.Join("; ", mistakes)));
    }
}

/// <summary>Check <c>dataFolder</c>: journals can be written.</summary>
internal sealed class DataFolderReadiness(IOptions<ModuleOptions> options) : IHealthCheck
{
    public const string Name = "dataFolder";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var folder = options.Value.DataFolder;
        return Task.FromResult(DataFolderCheck.Find(folder) is { } mistake
            ? HealthCheckResult.Unhealthy(mistake.ToString())
            : HealthCheckResult.Healthy($"{folder} can be written"));
    }
}

/// <summary>
/// Check <c>hub</c>: an identity was connected since the start. The gateway works on without the hub, so a hub that is away later leaves the
/// gateway ready; the message says so.
/// </summary>
/// <remarks>One instance for the life of the process: it remembers whether the hub was reached.</remarks>
internal sealed class HubReadiness(McuFleet fleet, ModuleUnit module) : IHealthCheck
{
    public const string Name = "hub";

    private volatile bool _reached;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var statuses = fleet.Units.Select(u => u.Connection).Append(module.Connection).OfType<ConnectionStatus>().ToList();
        var connected = statuses.Count(s => s.State == ConnectionState.Connected);
        var problem = statuses.Find(s => s.State != ConnectionState.Connected && s.Failure is not null);
        _reached |= connected > 0;
        var expected = fleet.Units.Count + (module.Identity is null ? 0 : 1);
        return Task.FromResult(
            connected > 0 ? HealthCheckResult.Healthy($"{connected} of {expected} identities are connected{Describe(problem)}")
            : _reached ? HealthCheckResult.Healthy($"was reached, is away now{Waiting()}{Describe(problem)}")
            : problem is not null ? HealthCheckResult.Unhealthy($"was never reached{Waiting()}{Describe(problem)}")
            : expected == 0 ? HealthCheckResult.Healthy("no identity has to be connected")
            : HealthCheckResult.Degraded("not reached yet"));
    }

    /// <summary>Describes the ends of updates that wait for the hub: none is lost.</summary>
    private string Waiting()
    {
        var backlogs = fleet.Units.Select(u => u.Backlog).Where(b => b.Milestones > 0).ToList();
        return backlogs.Count == 0
            ? ""
            : $"; ends of updates that wait for it: {backlogs.Sum(b => b.Milestones)}, the first since {TwinTime.Text(backlogs.Min(b => b.OldestAt))}";
    }

    private static string Describe(ConnectionStatus? status) => status is null ? "" : $"; {status.Failure}: {status.Detail}";
}

/// <summary>Check <c>lines</c>: each line can be opened. A microcontroller that is silent on an open line shows in its twin only.</summary>
internal sealed class LinesReadiness(McuFleet fleet) : IHealthCheck
{
    public const string Name = "lines";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var lines = fleet.Units.GroupBy(u => u.Line).ToList();
        var broken = lines.Select(Problem).OfType<string>().ToList();
        var untried = lines.Count(l => l.All(u => u.Status is null or { Link: McuLinkState.Unknown, Phase: UpdatePhase.Idle }));
        return Task.FromResult(
            broken.Count > 0 ? HealthCheckResult.Unhealthy(string.Join("; ", broken))
            : untried > 0 ? HealthCheckResult.Degraded($"{untried} of {lines.Count} not tried yet")
            : HealthCheckResult.Healthy($"{lines.Count} can be opened"));
    }

    private static string? Problem(IGrouping<string, McuUnit> line) => line
        .Select(u => u.Status)
        .Where(s => s is { Link: McuLinkState.Offline } && IsOfLine(s.LinkReason))
        .Select(s => $"{line.Key}: {s!.LinkReason}: {s.LinkText}")
        .FirstOrDefault();

    /// <summary>Returns true for the reasons 0x3xx, which are those of lines.</summary>
    private static bool IsOfLine(FailureReason reason) => ((int)reason >> 8) == 3;
}
