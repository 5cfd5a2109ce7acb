using EdgeGateway.Hub.Identity;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Security;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>Decides who may connect. Source: IoT Hub developer guide, "Communicate with IoT Hub by using the MQTT protocol".</summary>
internal sealed class ClientAuthenticator(HubState hub)
{
    private const string ApiVersion = "api-version";
    private const string ModelId = "model-id";

    public ClientVerdict Authenticate(ConnectPacket connect)
    {
        if (IdentityName.FromClientId(connect.ClientId) is not { } name)
        {
            return ClientVerdict.Refuse(ConnectReturnCode.IdentifierRejected, "the client id is neither 'device' nor 'device/module'");
        }

        if (connect.UserName is not { } userName || connect.Password is not { } password)
        {
            return Malformed("user name and password are required");
        }

        var expectedStart = $"{hub.HostName}/{connect.ClientId}/";
        if (!userName.StartsWith(expectedStart[..(hub.HostName.Length + 1)], StringComparison.OrdinalIgnoreCase)
            || !userName[(hub.HostName.Length + 1)..].StartsWith($"{connect.ClientId}/", StringComparison.Ordinal))
        {
            return Malformed($"the user name does not begin with '{expectedStart}'");
        }

        var parameters = PropertyBag.Parse(userName[expectedStart.Length..]);
        if (string.IsNullOrEmpty(parameters.GetValueOrDefault(ApiVersion)))
        {
            return Malformed("the user name has no api-version");
        }

        SharedAccessSignature token;
        try
        {
            token = SharedAccessSignature.Parse(password);
        }
        catch (FormatException e)
        {
            return Malformed(e.Message);
        }

        return Check(name, token, parameters.GetValueOrDefault(ModelId) ?? string.Empty);
    }

    private ClientVerdict Check(IdentityName name, SharedAccessSignature token, string modelId)
    {
        if (hub.Registry.Find(name) is not { } identity)
        {
            return ClientVerdict.Refuse(ConnectReturnCode.NotAuthorized, "the identity is not registered");
        }

        string[] keys = token.KeyName switch
        {
            null => [identity.Record.PrimaryKey, identity.Record.SecondaryKey],
            OwnerPolicy.Name => [hub.Owner.Key],
            _ => [],
        };
        var resource = $"{hub.HostName}/{name.ResourcePath}";
        var results = keys.Select(k => token.Check(Convert.FromBase64String(k), resource, hub.Time.GetUtcNow())).ToList();
        if (!results.Contains(SharedAccessSignatureCheck.Valid))
        {
            identity.Statistics.CountRefusal();
            var reason = results.Find(r => r != SharedAccessSignatureCheck.WrongSignature) switch
            {
                SharedAccessSignatureCheck.Expired => $"the token expired at {token.Expiry:O}",
                SharedAccessSignatureCheck.WrongResource => $"the token is for '{token.Resource}', not for '{resource}'",
                _ => "the token is signed with neither key of the identity",
            };
            return ClientVerdict.Refuse(ConnectReturnCode.NotAuthorized, reason);
        }

        if (!identity.Record.Enabled)
        {
            identity.Statistics.CountRefusal();
            return ClientVerdict.Refuse(ConnectReturnCode.NotAuthorized, "the identity is disabled");
        }

        identity.ModelId = modelId;
        return ClientVerdict.Accept(identity, token.Expiry);
    }

    private static ClientVerdict Malformed(string reason) => ClientVerdict.Refuse(ConnectReturnCode.BadUserNameOrPassword, reason);
}
