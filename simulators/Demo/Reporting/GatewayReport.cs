namespace EdgeGateway.Simulators.Demo.Reporting;

/// <summary>What the update cost the gateway's process.</summary>
/// <param name="CpuSeconds">Processor time from the deployment to its end, all cores together; after a kill, since the restart.</param>
/// <param name="MemoryBytes">Memory resident at the end.</param>
public sealed record GatewayReport(double CpuSeconds, long MemoryBytes);
