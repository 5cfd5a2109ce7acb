using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EdgeGateway.Module.Health;

/// <summary>Runs all readiness checks and logs what changes, so that the log, <c>/readyz</c> and the twin say the same.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class Readiness(HealthCheckService checks, ILogger<Readiness> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CheckResult> _last = [];

    /// <summary>Runs the checks now.</summary>
    public async Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken)
    {
        var results = CheckResult.From(await checks.CheckHealthAsync(c => c.Tags.Contains(HealthTags.Ready), cancellationToken));
        lock (_lock)
        {
            foreach (var result in results)
            {
                LogChange(_last.GetValueOrDefault(result.Name), result);
                _last[result.Name] = result;
            }
        }

        return results;
    }

    private void LogChange(CheckResult? before, CheckResult result)
    {
        if (result.Status == CheckStatus.Failed && result != before)
        {
            LogFailed(result.Name, result.Message);
        }
        else if (result.Status == CheckStatus.Ok && before?.Status == CheckStatus.Failed)
        {
            LogRecovered(result.Name, result.Message);
        }
    }

    [LoggerMessage(4310, LogLevel.Warning, "Not ready. Check={Check} Problem={Message}")]
    private partial void LogFailed(string check, string message);

    [LoggerMessage(4311, LogLevel.Information, "Ready again. Check={Check} State={Message}")]
    private partial void LogRecovered(string check, string message);
}
