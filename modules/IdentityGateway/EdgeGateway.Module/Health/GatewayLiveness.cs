using EdgeGateway.Module.Fleet;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EdgeGateway.Module.Health;

/// <summary>
/// Check <c>loops</c> of the running gateway: the loop of each microcontroller runs, and the regular report about the fleet, which takes the
/// lock of each of them, comes in time.
/// </summary>
internal sealed class GatewayLiveness(McuFleet fleet, FleetPulse pulse) : IHealthCheck
{
    public const string Name = "loops";

    /// <summary>Longest time between two reports; more means that something hangs.</summary>
    public static readonly TimeSpan Limit = ModuleUnit.FleetInterval * 6;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var dead = fleet.DeadUnits;
        return Task.FromResult(
            dead.Count > 0 ? HealthCheckResult.Unhealthy($"the work for {string.Join(", ", dead)} has ended, and nothing starts it again")
            : pulse.Age > Limit ? HealthCheckResult.Unhealthy($"the fleet was last looked at {pulse.Age.TotalSeconds:0} s ago: something hangs")
            : HealthCheckResult.Healthy($"all loops run, microcontrollers: {fleet.Units.Count}"));
    }
}

/// <summary>Remembers when the fleet was last looked at.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class FleetPulse(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    /// <summary>Gets the time since the last look, or since the start.</summary>
    public TimeSpan Age => time.GetElapsedTime(Interlocked.Read(ref _last));

    /// <summary>Notes a look at the fleet.</summary>
    public void Beat() => Interlocked.Exchange(ref _last, time.GetTimestamp());
}
