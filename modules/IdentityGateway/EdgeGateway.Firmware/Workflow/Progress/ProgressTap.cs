namespace EdgeGateway.Firmware.Workflow.Progress;

/// <summary>
/// Hands progress on at once, on the thread that reports it; the framework's <see cref="Progress{T}"/> would let it overtake later
/// changes.
/// </summary>
internal sealed class ProgressTap<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
