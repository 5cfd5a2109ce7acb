using EdgeGateway.Module.Hosting;

namespace EdgeGateway.Module.Health;

/// <summary>Check <c>settings</c> of a module that waits.</summary>
internal sealed class WaitingReadiness(StartAttempt attempt) : IReadinessCheck
{
    public CheckResult Check() => SettingsReadiness.Mistakes(attempt.Mistakes);
}
