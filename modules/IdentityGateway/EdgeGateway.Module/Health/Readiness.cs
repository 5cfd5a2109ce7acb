using EdgeGateway.Module.Hosting;

namespace EdgeGateway.Module.Health;

/// <summary>All checks together. What changes is logged, so that log, <c>/readyz</c> and twin tell the same.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class Readiness(IEnumerable<IReadinessCheck> checks, ILogger<Readiness> logger)
{
    private readonly IReadinessCheck[] _checks = [.. checks];
    private readonly ILogger _logger = logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CheckResult> _last = [];

    /// <summary>Looks at everything now.</summary>
    public IReadOnlyList<CheckResult> Look()
    {
        IReadOnlyList<CheckResult> results = [.. _checks.Select(c => c.Check())];
        lock (_lock)
        {
            foreach (var result in results)
            {
                Tell(result);
                _last[result.Name] = result;
            }
        }

        return results;
    }

    public static bool IsReady(IEnumerable<CheckResult> results) => results.All(r => r.Status == CheckStatus.Ok);

    private void Tell(CheckResult result)
    {
        var before = _last.GetValueOrDefault(result.Name);
        if (result.Status == CheckStatus.Failed && (before?.Status, before?.Message) != (result.Status, result.Message))
        {
            LogFailed(result.Name, result.Message);
        }
        else if (result.Status == CheckStatus.Ok && before?.Status == CheckStatus.Failed)
        {
            LogMended(result.Name, result.Message);
        }
    }

    [LoggerMessage(4310, LogLevel.Warning, "Not ready, {Check}: {Message}")]
    private partial void LogFailed(string check, string message);

    [LoggerMessage(4311, LogLevel.Information, "Ready again, {Check}: {Message}")]
    private partial void LogMended(string check, string message);
}

/// <summary>Check <c>settings</c> of a module that waits.</summary>
internal sealed class WaitingReadiness(StartAttempt attempt) : IReadinessCheck
{
    public CheckResult Check() => SettingsReadiness.Mistakes(attempt.Mistakes);
}
