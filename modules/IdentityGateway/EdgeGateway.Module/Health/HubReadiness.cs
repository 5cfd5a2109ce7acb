using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Twins;

namespace EdgeGateway.Module.Health;

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
