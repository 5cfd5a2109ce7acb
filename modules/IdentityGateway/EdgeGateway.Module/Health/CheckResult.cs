using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EdgeGateway.Module.Health;

/// <summary>The result of one health check, as in <c>/readyz</c> and of the module twin.</summary>
/// <param name="Name">Name of the check; never changes.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Message">What was found. Never a secret.</param>
internal sealed record CheckResult(string Name, CheckStatus Status, string Message)
{
    /// <summary>Converts the report of the framework, in the order in which the checks were added.</summary>
    public static IReadOnlyList<CheckResult> From(HealthReport report) =>
        [.. report.Entries.Select(e => new CheckResult(e.Key, StatusOf(e.Value.Status), e.Value.Description ?? ""))];

    private static CheckStatus StatusOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => CheckStatus.Ok,
        HealthStatus.Degraded => CheckStatus.Pending,
        _ => CheckStatus.Failed,
    };
}

/// <summary>States of a health check.</summary>
internal enum CheckStatus
{
    /// <summary>All is well; <see cref="HealthStatus.Healthy"/>.</summary>
    Ok,

    /// <summary>Nothing is known yet, the first attempt has not ended; <see cref="HealthStatus.Degraded"/>.</summary>
    Pending,

    /// <summary>Something is wrong, and the message says what; <see cref="HealthStatus.Unhealthy"/>.</summary>
    Failed,
}

/// <summary>Tags of health checks: which page shows them.</summary>
internal static class HealthTags
{
    /// <summary>Shown by <c>/healthz</c>.</summary>
    public const string Live = "live";

    /// <summary>Shown by <c>/readyz</c>.</summary>
    public const string Ready = "ready";
}
