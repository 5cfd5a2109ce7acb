using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>The answer to a CONNECT was no.</summary>
internal sealed class ConnectRefusedException(ConnectReturnCode code) : Exception($"The connect was refused with code {(int)code}.")
{
    public ConnectReturnCode Code { get; } = code;
}
