using EdgeGateway.Simulators.Demo.Layers;

namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>The whole fleet at one moment.</summary>
/// <param name="Mcus">Every microcontroller, in the order of the simulator.</param>
/// <param name="Elapsed">Time since the deployment was ordered.</param>
public sealed record FleetSnapshot(IReadOnlyList<McuStatus> Mcus, TimeSpan Elapsed)
{
    /// <value>What came down the links between layers since then; default none.</value>
    public IReadOnlyList<LinkTraffic> Links { get; init; } = [];

    public bool IsOver => Mcus.All(mcu => mcu.Outcome.State != OutcomeState.Pending);

    public bool IsSuccess => Mcus.All(mcu => mcu.Outcome.State == OutcomeState.Succeeded);
}
