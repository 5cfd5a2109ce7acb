namespace EdgeGateway.Module.Prefetch;

/// <summary>Tells progress at once, on the thread that makes it.</summary>
internal sealed class PrefetchProgress(Action<long> report) : IProgress<long>
{
    public void Report(long value) => report(value);
}
