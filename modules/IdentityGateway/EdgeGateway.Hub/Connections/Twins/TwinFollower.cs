using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Hub.Mqtt.Topics;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Twins;

/// <summary>
/// Keeps the handler's picture of the twin true: the whole twin is read after every connect, after a change was announced (however many at once), and
/// slowly ever after, since announcements can be lost. Patches themselves are never used: a hub may send them late, doubled or as a difference.
/// </summary>
internal sealed partial class TwinFollower(
    DeviceIdentity identity, HubOptions options, TimeProvider time, Jitter jitter, HandlerQueue handlers, HubMetrics metrics, ILogger log)
{
    private const int MaxReadsBehind = 5;

    private readonly TwinVersions _versions = new();
    private readonly AsyncSignal _changed = new();

    /// <summary>A change of the desired section was announced.</summary>
    public void OnPatch(long version)
    {
        var missing = _versions.OnPatch(version);
        if (missing > 0)
        {
            LogVersionGap(identity, version, missing);
            metrics.VersionGap(missing);
        }
        else if (missing < 0)
        {
            LogOldPatch(identity, version);
            if (_versions.IsRead(version))
            {
                return;
            }
        }

        _changed.Set();
    }

    /// <summary>The hub acknowledged reported properties.</summary>
    public void OnReported(long version) => _versions.OnReported(version);

    /// <summary>Follows the twin on one connection until cancelled.</summary>
    public async Task RunAsync(HubSession session, CancellationToken cancellationToken)
    {
        var fresh = true;
        var readsBehind = 0;
        while (true)
        {
            var twin = await ReadUntilDoneAsync(session, cancellationToken);
            var verdict = _versions.OnTwin(twin);
            if (verdict is TwinVerdict.Stale)
            {
                LogStale(identity, twin.DesiredVersion);
            }
            else if (fresh || verdict is not TwinVerdict.Same)
            {
                Log(verdict, twin);
                await handlers.PostAsync((handler, token) => handler.OnTwinAsync(twin, token), cancellationToken);
            }

            fresh = fresh && verdict is TwinVerdict.Stale;

            // An edgeHub may answer from a copy that is older than what it has just announced, or than what was read before.
            if ((_versions.IsBehind || verdict is TwinVerdict.Stale) && ++readsBehind < MaxReadsBehind)
            {
                await _changed.WaitAsync(RetryWait(readsBehind), time, cancellationToken);
                continue;
            }

            readsBehind = 0;
            var refresh = jitter.Between(options.TwinRefreshInterval * 0.8, options.TwinRefreshInterval * 1.2);
            await _changed.WaitAsync(refresh, time, cancellationToken);
        }
    }

    /// <summary>Reads the twin once.</summary>
    /// <exception cref="HubException">Refused, throttled, no answer in time, or the connection ended.</exception>
    public static async Task<TwinDocument> ReadAsync(HubSession session, CancellationToken cancellationToken)
    {
        var answer = await session.AskTwinAsync(rid => new TwinGetTopic(rid), default, "the twin get", cancellationToken);
        return answer.IsSuccess ? TwinJson.Parse(answer.Body) : throw answer.ToException("the twin get");
    }

    private async Task<TwinDocument> ReadUntilDoneAsync(HubSession session, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await ReadAsync(session, cancellationToken);
            }
            catch (HubException e) when (!cancellationToken.IsCancellationRequested)
            {
                // The connection may well live: an edgeHub without its cloud takes a minute to answer. Keep-alive decides about the connection.
                LogReadFailed(identity, e.Message);
            }

            await Task.Delay(RetryWait(attempt), time, cancellationToken);
        }
    }

    private TimeSpan RetryWait(int attempt)
    {
        var bound = TimeSpan.FromSeconds(Math.Min(60, 1 << Math.Min(attempt, 6)));
        return jitter.Between(bound / 2, bound);
    }

    private void Log(TwinVerdict verdict, TwinDocument twin)
    {
        if (verdict is TwinVerdict.Recreated)
        {
            LogRecreated(identity, twin.DesiredVersion);
        }
        else
        {
            LogTwin(identity, twin.DesiredVersion);
        }
    }
}
