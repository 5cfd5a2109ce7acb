namespace EdgeGateway.Hub.Mqtt;

/// <summary>First packet of a client.</summary>
/// <param name="ClientId">Identity; at the hub <c>device</c> or <c>device/module</c>.</param>
/// <param name="CleanSession">Whether the server must forget earlier subscriptions and messages.</param>
/// <param name="KeepAliveSeconds">Longest silence of the client; 0 for no limit.</param>
public sealed record ConnectPacket(string ClientId, bool CleanSession, ushort KeepAliveSeconds) : MqttPacket
{
    /// <summary>User name; null for none.</summary>
    public string? UserName { get; init; }

    /// <summary>Password; null for none. Needs a user name.</summary>
    public string? Password { get; init; }

    /// <summary>Message to publish when the client vanishes; null for none.</summary>
    public PublishPacket? Will { get; init; }

    /// <summary>Everything but the password, which must not reach a log.</summary>
    public override string ToString() => $"ConnectPacket {{ ClientId = {ClientId}, UserName = {UserName} }}";
}
