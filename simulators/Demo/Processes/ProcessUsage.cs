namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>What a process has used so far.</summary>
/// <param name="Cpu">Processor time, all cores together.</param>
/// <param name="MemoryBytes">Memory resident now.</param>
public readonly record struct ProcessUsage(TimeSpan Cpu, long MemoryBytes);
