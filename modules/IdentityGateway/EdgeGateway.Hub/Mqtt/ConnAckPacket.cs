namespace EdgeGateway.Hub.Mqtt;

/// <summary>The server's answer to <see cref="ConnectPacket"/>.</summary>
/// <param name="SessionPresent">Whether the server kept the session of an earlier connection.</param>
/// <param name="ReturnCode">Accepted, or why not.</param>
public sealed record ConnAckPacket(bool SessionPresent, ConnectReturnCode ReturnCode) : MqttPacket;
