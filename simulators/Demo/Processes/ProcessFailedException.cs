namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>A process of the demo could not start, was not ready in time or ended by itself. The message holds the last lines of its log.</summary>
public sealed class ProcessFailedException : Exception
{
    public ProcessFailedException(string message)
        : base(message)
    {
    }

    public ProcessFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
