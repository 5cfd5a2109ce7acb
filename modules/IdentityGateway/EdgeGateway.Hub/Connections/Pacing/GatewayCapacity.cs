using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Connections.Pacing;

/// <summary>
/// Distinguishes a gateway host that is full from one that fails. An edgeHub that has <c>MaxConnectedClients</c> clients (100 unless set) says
/// nothing: it closes the connection, time and again, while others live on.
/// </summary>
internal sealed class GatewayCapacity(HubEndpoint endpoint)
{
    /// <summary>What an operator should look at.</summary>
    public const string Hint =
        "The gateway host may have as many clients as it takes: see MaxConnectedClients of its edgeHub, 100 unless set, modules count too.";

    private const int Suspicious = 2;
    private int _closed;

    /// <summary>Judges why a connect failed.</summary>
    public HubException Judge(HubException e)
    {
        if (!endpoint.IsThroughGateway || !IsTurnedAway(e))
        {
            _closed = 0;
            return e;
        }

        return ++_closed < Suspicious
            ? new HubException(e.Failure, $"{e.Message} {Hint}", e.InnerException)
            : new HubException(HubFailure.GatewayFull, $"{e.Message} {_closed} times in a row. {Hint}", e.InnerException);
    }

    /// <summary>Notes an accepted connection: the host is not full.</summary>
    public void OnAccepted() => _closed = 0;

    private static bool IsTurnedAway(HubException e) =>
        e.InnerException is ClosedByHubException or ConnectRefusedException { Code: ConnectReturnCode.ServerUnavailable };
}
