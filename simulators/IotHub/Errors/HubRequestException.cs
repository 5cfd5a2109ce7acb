namespace EdgeGateway.Simulators.IotHub.Errors;

/// <summary>A request the hub refuses; becomes an error response over REST and a status over MQTT.</summary>
public sealed class HubRequestException(HubError error, string message) : Exception(message)
{
    public HubError Error { get; } = error;
}
