namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>A process of the demo did not start, was not ready in time or ended by itself. The message has its last lines.</summary>
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
