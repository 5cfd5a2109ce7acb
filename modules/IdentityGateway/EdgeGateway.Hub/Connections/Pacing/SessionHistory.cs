using EdgeGateway.Hub.Connections.Sessions;

namespace EdgeGateway.Hub.Connections.Pacing;

/// <summary>
/// Tells a lost line from another client that uses the same identity. MQTT 3.1.1 gives no reason when the hub closes: connections that it accepts and
/// soon closes, twice in a row, are the mark of two clients that throw each other out.
/// </summary>
internal sealed class SessionHistory(bool throughGateway = false)
{
    /// <summary>A connection that lived this long was stable.</summary>
    public static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);

    private const int Suspicious = 2;
    private int _shortLived;

    /// <summary>Judges the end of a connection that the hub had accepted.</summary>
    /// <param name="lived">From the acceptance to the end.</param>
    /// <param name="end">Why it ended.</param>
    /// <returns>The reason to report.</returns>
    public HubException Judge(TimeSpan lived, Exception end)
    {
        if ((end as ClosedByHubException ?? end.InnerException as ClosedByHubException) is null || lived >= StableAfter)
        {
            _shortLived = 0;
            return HubExceptions.From(end);
        }

        return ++_shortLived < Suspicious
            ? HubExceptions.From(end)
            : new HubException(
                HubFailure.Replaced,
                $"The hub accepted and soon closed the connection {_shortLived} times in a row: another client uses this identity."
                + (throughGateway ? $" Or: {GatewayCapacity.Hint}" : ""),
                end);
    }
}
