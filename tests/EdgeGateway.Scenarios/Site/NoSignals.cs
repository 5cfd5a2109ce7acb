using Microsoft.Extensions.Hosting;

namespace EdgeGateway.Scenarios.Site;

/// <summary>A host that lives as long as its test wants: signals are those of the test's own process.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
