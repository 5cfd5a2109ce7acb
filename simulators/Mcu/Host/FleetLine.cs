namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>A line of a fleet, as a host must know it.</summary>
/// <param name="Port">What to open: a path, or <c>tcp://127.0.0.1:port</c>.</param>
/// <param name="HalfDuplex">Several nodes share it, one speaks at a time.</param>
/// <param name="Mcus">Who is on it.</param>
public sealed record FleetLine(string Port, bool HalfDuplex, IReadOnlyList<FleetMember> Mcus);
