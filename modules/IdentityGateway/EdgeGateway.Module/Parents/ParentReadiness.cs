using EdgeGateway.Content.Sources;
using EdgeGateway.Module.Health;

namespace EdgeGateway.Module.Parents;

/// <summary>Check <c>parent</c>: no parent refuses this gateway. One that is away is no mistake: links come back.</summary>
internal sealed class ParentReadiness(OrderedContentSource sources, IParentAccess access) : IReadinessCheck
{
    public const string Name = "parent";

    public CheckResult Check() => sources.Refusals is { Count: > 0 } refusals
        ? new CheckResult(Name, CheckStatus.Failed, string.Join("; ", refusals.Select(r => $"{r.Why}: {r.Text}")))
        : new CheckResult(Name, CheckStatus.Ok, $"{string.Join(", ", access.Addresses.Select(a => a.Authority))} asked before the origin; none refuses");
}
