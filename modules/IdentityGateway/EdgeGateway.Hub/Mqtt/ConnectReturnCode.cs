namespace EdgeGateway.Hub.Mqtt;

/// <summary>Answer to a connect (MQTT 3.1.1, table 3.1).</summary>
public enum ConnectReturnCode
{
    Accepted = 0,
    UnacceptableProtocolVersion = 1,
    IdentifierRejected = 2,
    ServerUnavailable = 3,
    BadUserNameOrPassword = 4,
    NotAuthorized = 5,
}
