using System.Reflection;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>The user name by which a client tells the hub who it is and which contract it speaks.</summary>
internal static class HubUserName
{
    private const string ApiVersion = "2020-09-30";

    private static readonly string ClientType =
        $"EdgeGateway/{typeof(HubUserName).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    public static string Format(string hostName, DeviceIdentity identity)
    {
        var model = identity.ModelId is null ? "" : $"&model-id={Uri.EscapeDataString(identity.ModelId)}";
        var chain = identity.AuthenticationChain is null ? "" : $"&auth-chain={Uri.EscapeDataString(identity.AuthenticationChain)}";
        return $"{hostName}/{identity}/?api-version={ApiVersion}&DeviceClientType={Uri.EscapeDataString(ClientType)}{model}{chain}";
    }
}
