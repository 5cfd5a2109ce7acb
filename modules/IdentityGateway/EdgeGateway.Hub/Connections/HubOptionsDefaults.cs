using EdgeGateway.Hub.Identity;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Hub.Connections;

/// <summary>Takes the hub's name from the module's identity where the settings do not give it.</summary>
internal sealed class HubOptionsDefaults(IModuleIdentitySource module) : IPostConfigureOptions<HubOptions>
{
    public void PostConfigure(string? name, HubOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.HostName))
        {
            options.HostName = module.Current?.HostName;
        }
    }
}
