using EdgeGateway.Hub.Connections.Transport;

namespace EdgeGateway.Hub.Connections.Pacing;

/// <summary>
/// How a CONNECT is sent behind a gateway host, where one may get lost: a pause after the handshake, and little patience at first. Both grow with each
/// CONNECT that is not answered; the pause that worked is kept. The hub itself gets its CONNECT at once and all the time it may take.
/// </summary>
internal sealed class ConnectPace(HubEndpoint endpoint, HubOptions options)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _firstPatience =
        endpoint.IsThroughGateway && options.GatewayConnectTimeout < options.OperationTimeout ? options.GatewayConnectTimeout : options.OperationTimeout;

    private TimeSpan? _patience;

    /// <summary>Wait between the handshake and the CONNECT.</summary>
    public TimeSpan Pause { get; private set; } =
        endpoint is { IsThroughGateway: true, Transport: HubTransport.Mqtt } ? options.GatewayConnectPause : TimeSpan.Zero;

    /// <summary>Wait for the answer.</summary>
    public TimeSpan Patience => _patience ?? _firstPatience;

    /// <summary>The gateway said something: yes, no, or closed the connection.</summary>
    public void OnAnswered() => _patience = null;

    /// <summary>No answer in time.</summary>
    public void OnUnanswered()
    {
        Pause = Backoff.Bound(failures: 2, Pause, LongestPause);
        _patience = Backoff.Bound(failures: 2, Patience, options.OperationTimeout);
    }
}
