namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>Whether something can still be expected of a microcontroller.</summary>
public enum OutcomeState
{
    /// <summary>Not there yet.</summary>
    Pending,

    /// <summary>Runs the new image for good, and its twin says so.</summary>
    Succeeded,

    /// <summary>The gateway has given up.</summary>
    Failed,
}
