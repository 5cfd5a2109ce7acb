using EdgeGateway.Content;
using EdgeGateway.Firmware.DeviceUpdate.Verification;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Journal;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeGateway.Module.Hosting;

/// <summary>Content and workflows.</summary>
internal static class UpdateExtensions
{
    public static IServiceCollection AddUpdates(this IServiceCollection services)
    {
        services.AddContent();
        services.TryAddSingleton<IUpdateVerifier, NoSignatureVerifier>();
        services.TryAddSingleton<JournalMetrics>();
        services.TryAddSingleton<IMcuWorkflowFactory, McuWorkflowFactory>();
        return services;
    }
}
