using EdgeGateway.Hub.Identity;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Hub.Connections;

/// <summary>Takes the hub's name and the transport from the module's environment where the settings do not give them.</summary>
internal sealed class HubOptionsDefaults(IModuleIdentitySource module) : IPostConfigureOptions<HubOptions>
{
    public void PostConfigure(string? name, HubOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.HostName))
        {
            options.HostName = module.Current?.HostName;
        }

        options.Transport ??= module.Transport;
    }
}
