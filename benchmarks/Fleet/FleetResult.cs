namespace EdgeGateway.Benchmarks.Fleet;

/// <summary>What one fleet size showed.</summary>
/// <param name="Mcus">Microcontrollers updated at once, each on a line of its own.</param>
/// <param name="MedianEfficiency">Median over them of image bytes per second over bytes per second of the line.</param>
/// <param name="WorstEfficiency">The least of them.</param>
/// <param name="ElapsedSeconds">From the deployment to the last confirmed image.</param>
/// <param name="GatewayCpuSeconds">Processor time of the gateway meanwhile.</param>
/// <param name="GatewayCores">The same as a share of one core.</param>
/// <param name="CpuSecondsPerMegabyte">Processor time per million image bytes sent.</param>
/// <param name="GatewayMemoryBytes">Memory of the gateway's process at the end.</param>
internal sealed record FleetResult(
    int Mcus,
    double MedianEfficiency,
    double WorstEfficiency,
    double ElapsedSeconds,
    double GatewayCpuSeconds,
    double GatewayCores,
    double CpuSecondsPerMegabyte,
    long GatewayMemoryBytes);
