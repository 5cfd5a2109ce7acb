namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>A process of a group that may be killed and started again, on the same files.</summary>
public sealed class Restartable
{
    private readonly ProcessGroup _group;
    private readonly ProcessSpec _spec;
    private ChildProcess _process;

    private Restartable(ProcessGroup group, ProcessSpec spec, ChildProcess process) => (_group, _spec, _process) = (group, spec, process);

    /// <summary>What it has used so far; since its last start.</summary>
    public ProcessUsage Usage => _process.Usage;

    public static async Task<Restartable> StartAsync(ProcessGroup group, ProcessSpec spec) => new(group, spec, await group.StartAsync(spec));

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _group.KillAsync(_process);

    /// <summary>Starts it again, after a kill.</summary>
    public async Task StartAgainAsync() => _process = await _group.StartAsync(_spec);
}
