using System.Text.Json;

namespace EdgeGateway.Simulators.Demo.Hub;

/// <summary>What the hub simulator says of itself in its READY line.</summary>
/// <param name="MqttPort">Port of MQTT over TLS.</param>
/// <param name="Service">Address of the service API.</param>
/// <param name="HostName">The name that tokens are made for.</param>
/// <param name="AuthorityFile">PEM file of its development authority.</param>
/// <param name="ConnectionString">The operator's key.</param>
public sealed record HubEndpoint(int MqttPort, Uri Service, string HostName, string AuthorityFile, IotHubConnectionString ConnectionString)
{
    public static HubEndpoint FromReady(JsonElement ready)
    {
        var mqtt = ready.GetProperty("mqtt").GetString()!;
        return new HubEndpoint(
            new Uri("mqtts://" + mqtt).Port,
            new Uri(ready.GetProperty("https").GetString()!),
            ready.GetProperty("hostName").GetString()!,
            ready.GetProperty("ca").GetString()!,
            IotHubConnectionString.Parse(ready.GetProperty("connectionString").GetString()!));
    }
}
