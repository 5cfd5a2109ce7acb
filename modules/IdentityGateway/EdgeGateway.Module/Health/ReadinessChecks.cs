using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Hosting;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Twins;

namespace EdgeGateway.Module.Health;

/// <summary>Check <c>dataFolder</c>: journals can be written.</summary>
internal sealed class DataFolderReadiness(string folder) : IReadinessCheck
{
    public const string Name = "dataFolder";

    public CheckResult Check() => DataFolderCheck.Find(folder) is { } mistake
        ? new CheckResult(Name, CheckStatus.Failed, mistake.ToString())
        : new CheckResult(Name, CheckStatus.Ok, $"{folder} can be written");
}

/// <summary>
/// Check <c>hub</c>: somebody was connected once. The gateway works on without hub, so one that is away later leaves it ready, and is told.
/// </summary>
internal sealed class HubReadiness(McuFleet fleet, ModuleUnit module) : IReadinessCheck
{
    private volatile bool _reached;

    public CheckResult Check()
    {
        var statuses = fleet.Units.Select(u => u.Connection).Append(module.Connection).OfType<ConnectionStatus>().ToList();
        var connected = statuses.Count(s => s.State == ConnectionState.Connected);
        var problem = statuses.Find(s => s.State != ConnectionState.Connected && s.Failure is not null);
        _reached |= connected > 0;
        var expected = fleet.Units.Count + (module.Identity is null ? 0 : 1);
        return connected > 0 ? Result(CheckStatus.Ok, $"{connected} of {expected} identities are connected{Words(problem)}")
            : _reached ? Result(CheckStatus.Ok, $"was reached, is away now{Waiting()}{Words(problem)}")
            : problem is not null ? Result(CheckStatus.Failed, $"was never reached{Waiting()}{Words(problem)}")
            : expected == 0 ? Result(CheckStatus.Ok, "nobody has to be connected")
            : Result(CheckStatus.Pending, "not reached yet");
    }

    /// <summary>Nothing is lost while the hub is away: what waits for it.</summary>
    private string Waiting()
    {
        var backlogs = fleet.Units.Select(u => u.Backlog).Where(b => b.Milestones > 0).ToList();
        return backlogs.Count == 0
            ? ""
            : $"; ends of updates that wait for it: {backlogs.Sum(b => b.Milestones)}, the first since {TwinTime.Text(backlogs.Min(b => b.OldestAt))}";
    }

    private static CheckResult Result(CheckStatus status, string message) => new("hub", status, message);

    private static string Words(ConnectionStatus? status) => status is null ? "" : $"; {status.Failure}: {status.Detail}";
}

/// <summary>Check <c>lines</c>: each line can be opened. A microcontroller that is silent on an open line is told in its twin only.</summary>
internal sealed class LinesReadiness(McuFleet fleet) : IReadinessCheck
{
    public CheckResult Check()
    {
        var lines = fleet.Units.GroupBy(u => u.Line).ToList();
        var broken = lines.Select(Problem).OfType<string>().ToList();
        var untried = lines.Count(l => l.All(u => u.Status is null or { Link: McuLinkState.Unknown, Phase: UpdatePhase.Idle }));
        return broken.Count > 0 ? Result(CheckStatus.Failed, string.Join("; ", broken))
            : untried > 0 ? Result(CheckStatus.Pending, $"{untried} of {lines.Count} not tried yet")
            : Result(CheckStatus.Ok, $"{lines.Count} can be opened");
    }

    private static string? Problem(IGrouping<string, McuUnit> line) => line
        .Select(u => u.Status)
        .Where(s => s is { Link: McuLinkState.Offline } && IsOfLine(s.LinkReason))
        .Select(s => $"{line.Key}: {s!.LinkReason}: {s.LinkText}")
        .FirstOrDefault();

    /// <summary>FailureReason numbers those of lines 0x3xx.</summary>
    private static bool IsOfLine(FailureReason reason) => ((int)reason >> 8) == 3;

    private static CheckResult Result(CheckStatus status, string message) => new("lines", status, message);
}

/// <summary>Check <c>settings</c> of the running gateway: they are in force; files that they name may be missing still.</summary>
internal sealed class SettingsReadiness(SettingsLayers layers) : IReadinessCheck
{
    public const string Name = "settings";

    public CheckResult Check()
    {
        var mistakes = SettingsReader.Read(layers.Others, layers.Environment).Errors;
        return mistakes.Count == 0 ? new CheckResult(Name, CheckStatus.Ok, $"in force ({layers.File ?? "no settings file"})") : Mistakes(mistakes);
    }

    /// <summary>The check where there are mistakes.</summary>
    public static CheckResult Mistakes(IEnumerable<SettingsError> mistakes) => new(Name, CheckStatus.Failed, string.Join("; ", mistakes));
}
