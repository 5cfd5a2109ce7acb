using EdgeGateway.Module.Fleet;

namespace EdgeGateway.Module.Health;

/// <summary>
/// Life of the running gateway: each microcontroller's loop runs, and the regular look at the fleet, which takes the locks of each of
/// them, comes round.
/// </summary>
internal sealed class GatewayLiveness(McuFleet fleet, Heartbeat heartbeat) : ILiveness
{
    /// <summary>A look at the fleet that is older than this many intervals does not come any more.</summary>
    public static readonly TimeSpan Limit = ModuleUnit.FleetInterval * 6;

    public CheckResult Check()
    {
        var dead = fleet.DeadUnits;
        return dead.Count > 0 ? Failed($"the work for {string.Join(", ", dead)} has ended, and nothing starts it again")
            : heartbeat.Age > Limit ? Failed($"the fleet was last looked at {heartbeat.Age.TotalSeconds:0} s ago: something hangs")
            : new CheckResult("loops", CheckStatus.Ok, $"all loops run, microcontrollers: {fleet.Units.Count}");
    }

    private static CheckResult Failed(string message) => new("loops", CheckStatus.Failed, message);
}

/// <summary>Knows whether the process is alive; what is mended by anything less than a restart is not its business.</summary>
internal interface ILiveness
{
    CheckResult Check();
}

/// <summary>Life of a module that waits: a restart would mend nothing.</summary>
internal sealed class WaitingLiveness : ILiveness
{
    public CheckResult Check() => new("loops", CheckStatus.Ok, "waits for its settings to be mended, /readyz says which");
}

/// <summary>When a loop last came round.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Heartbeat(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    public TimeSpan Age => time.GetElapsedTime(Interlocked.Read(ref _last));

    public void Beat() => Interlocked.Exchange(ref _last, time.GetTimestamp());
}
