namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>A microcontroller of a fleet, as a host must know it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Address">Its address on the line; 0 for the only node of a line.</param>
public sealed record FleetMember(string Id, byte Address);
