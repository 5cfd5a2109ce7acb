namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>A process to start.</summary>
/// <param name="Name">What messages and the log file call it.</param>
/// <param name="Executable">Path of the program.</param>
/// <param name="Arguments">Its arguments, unquoted.</param>
public sealed record ProcessSpec(string Name, string Executable, IReadOnlyList<string> Arguments)
{
    /// <value>Variables added to the environment; default none.</value>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
