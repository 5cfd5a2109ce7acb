using Microsoft.Extensions.Options;

namespace EdgeGateway.Hub.Connections;

/// <summary>Rules of <see cref="HubOptions"/> beyond single ranges.</summary>
internal sealed class HubOptionsValidator : IValidateOptions<HubOptions>
{
    public ValidateOptionsResult Validate(string? name, HubOptions options)
    {
        var mistakes = new List<string>();
        if (string.IsNullOrWhiteSpace(options.HostName))
        {
            mistakes.Add("Hub:HostName is not set, and the module has no identity of IoT Edge to take it from; expected is the name of the IoT Hub.");
        }

        CheckHost(nameof(options.HostName), options.HostName);
        CheckHost(nameof(options.GatewayHostName), options.GatewayHostName);
        if (options.ReconnectMax < options.ReconnectBase)
        {
            mistakes.Add($"Hub:ReconnectMax is {options.ReconnectMax}; expected is at least Hub:ReconnectBase, {options.ReconnectBase}.");
        }

        if (options.ProxyUrl is { } proxy && proxy.Scheme is not ("http" or "https"))
        {
            mistakes.Add($"Hub:ProxyUrl has scheme '{proxy.Scheme}'; expected is http or https.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);

        void CheckHost(string key, string? host)
        {
            if (!string.IsNullOrWhiteSpace(host) && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                mistakes.Add($"Hub:{key} is '{host}'; expected is a host name or address, without scheme and port.");
            }
        }
    }
}
