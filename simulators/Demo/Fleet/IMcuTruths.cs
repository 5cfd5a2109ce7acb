namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>Tells what microcontrollers really run, past the gateway and the hub.</summary>
public interface IMcuTruths
{
    /// <summary>The truth of each of a fleet, by id. One that is not there (yet) has none.</summary>
    Task<IReadOnlyDictionary<string, McuTruth>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellation);
}
