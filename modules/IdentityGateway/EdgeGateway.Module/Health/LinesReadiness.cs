using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Module.Fleet;

namespace EdgeGateway.Module.Health;

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
