using EdgeGateway.Hub.Identity;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>The credentials in a CONNECT packet. Source: IoT Hub developer guide, "Communicate with IoT Hub by using the MQTT protocol".</summary>
/// <param name="Name">The identity of the session.</param>
/// <param name="Token">The password.</param>
/// <param name="ModelId">Digital twin model; empty for none.</param>
/// <param name="Chain">The edge devices that connect on behalf of the client; null where it connects itself.</param>
internal sealed record ClientCredentials(IdentityName Name, SharedAccessSignature Token, string ModelId, AuthenticationChain? Chain)
{
    /// <summary>Reads the packet.</summary>
    /// <param name="connect">The packet.</param>
    /// <param name="hostNames">Hosts a client may name.</param>
    /// <param name="refusal">What to answer where this gives null.</param>
    public static ClientCredentials? Read(ConnectPacket connect, IReadOnlyList<string> hostNames, out AuthenticationResult? refusal)
    {
        refusal = null;
        if (IdentityName.FromClientId(connect.ClientId) is not { } name)
        {
            refusal = AuthenticationResult.Refuse(ConnectReturnCode.IdentifierRejected, "the client id is neither 'device' nor 'device/module'");
            return null;
        }

        try
        {
            var parameters = Parameters(connect, hostNames);
            var chain = parameters.TryGetValue("auth-chain", out var text) ? AuthenticationChain.Parse(text, name) : null;
            return new ClientCredentials(name, SharedAccessSignature.Parse(connect.Password!), parameters.GetValueOrDefault("model-id") ?? "", chain);
        }
        catch (FormatException e)
        {
            refusal = AuthenticationResult.Refuse(ConnectReturnCode.BadUserNameOrPassword, e.Message);
            return null;
        }
    }

    private static IReadOnlyDictionary<string, string> Parameters(ConnectPacket connect, IReadOnlyList<string> hostNames)
    {
        if (connect.UserName is not { } userName || connect.Password is null)
        {
            throw new FormatException("user name and password are required");
        }

        var slash = userName.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0
            || !hostNames.Contains(userName[..slash], StringComparer.OrdinalIgnoreCase)
            || !userName[(slash + 1)..].StartsWith($"{connect.ClientId}/", StringComparison.Ordinal))
        {
            throw new FormatException($"the user name does not begin with '{string.Join("' or '", hostNames.Select(h => $"{h}/{connect.ClientId}/"))}'");
        }

        var parameters = PropertyBag.Parse(userName[(slash + connect.ClientId.Length + 2)..]);
        return string.IsNullOrEmpty(parameters.GetValueOrDefault("api-version"))
            ? throw new FormatException("the user name has no api-version")
            : parameters;
    }
}
