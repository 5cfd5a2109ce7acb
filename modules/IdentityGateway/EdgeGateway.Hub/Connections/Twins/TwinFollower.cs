using EdgeGateway.Hub.Connections.Pacing;
using EdgeGateway.Hub.Connections.Reports;
using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Hub.Mqtt.Topics;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Twins;

/// <summary>
/// Keeps the handler's picture of the twin true: the whole twin is read after every connect, after a change was announced (however many at once), and
/// slowly ever after, since announcements can be lost. Patches themselves are never used: a hub may send them late, doubled or as a difference.
/// </summary>
internal sealed partial class TwinFollower(
    DeviceIdentity identity, HubOptions options, TimeProvider time, Jitter jitter, TwinMemory memory, ReportOutbox outbox,
    HandlerQueue handlers, HubMetrics metrics, ILogger log)
{
    private const int MaxReadsBehind = 5;

    /// <summary>An edgeHub without its cloud answers after a minute or more.</summary>
    private static readonly TimeSpan LongestRead = TimeSpan.FromMinutes(2);

    private readonly TwinVersions _versions = memory.Versions;
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

    /// <summary>Requests an early read of the twin.</summary>
    public void Refresh() => _changed.Set();

    /// <summary>
    /// The hub does not tell the twin just now: what was last read in an earlier run counts until it does. Said once, and not after a twin was read.
    /// </summary>
    public void OnAway()
    {
        if (memory.TakeRemembered() is { } kept)
        {
            LogRemembered(identity, kept.DesiredVersion);
            var twin = new TwinDocument(kept.Desired, kept.DesiredVersion, [], null) { IsRemembered = true };
            handlers.Post((handler, token) => handler.OnTwinAsync(twin, token));
        }
    }

    /// <summary>Writes what is not written yet.</summary>
    public void Close() => memory.Save();

    /// <summary>Follows the twin on one connection until cancelled.</summary>
    public async Task RunAsync(HubSession session, CancellationToken cancellationToken)
    {
        var fresh = true;
        var reads = 0;
        while (true)
        {
            var twin = await ReadUntilDoneAsync(session, cancellationToken);
            var verdict = _versions.OnTwin(twin);
            if (verdict is not TwinChange.Unknown)
            {
                outbox.OnTwin(twin.Reported);
            }

            var isUsable = verdict is not (TwinChange.Stale or TwinChange.Unknown);
            if (isUsable ? fresh || verdict is not TwinChange.Same : reads == 0)
            {
                Log(verdict, twin);
            }

            if (!isUsable)
            {
                OnAway();
            }
            else if (fresh || verdict is not TwinChange.Same)
            {
                memory.OnTwin(twin);
                outbox.Align(twin.Reported);
                twin = twin with { Reported = outbox.After(twin.Reported) };
                await handlers.PostAsync((handler, token) => handler.OnTwinAsync(twin, token), cancellationToken);
            }

            fresh = fresh && !isUsable;

            // An edgeHub may answer from a copy that is older than what it has just announced, or than what was read before, or from none.
            if (!isUsable || (_versions.IsBehind && reads + 1 < MaxReadsBehind))
            {
                await _changed.WaitAsync(RetryWait(++reads), time, cancellationToken);
                continue;
            }

            reads = 0;
            var refresh = jitter.Between(options.TwinRefreshInterval * 0.8, options.TwinRefreshInterval * 1.2);
            await _changed.WaitAsync(refresh, time, cancellationToken);
        }
    }

    /// <summary>Reads the twin once.</summary>
    /// <exception cref="HubException">Refused, throttled, no answer in time, or the connection ended.</exception>
    public static async Task<TwinDocument> ReadAsync(HubSession session, TimeSpan patience, CancellationToken cancellationToken)
    {
        var answer = await session.AskTwinAsync(rid => new TwinGetTopic(rid), default, "the twin get", patience, cancellationToken);
        return answer.IsSuccess ? TwinJson.Parse(answer.Body) : throw answer.ToException("the twin get");
    }

    private async Task<TwinDocument> ReadUntilDoneAsync(HubSession session, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                outbox.OnTwinAsked();
                return await ReadAsync(session, Patience(attempt), cancellationToken);
            }
            catch (HubException e) when (!cancellationToken.IsCancellationRequested)
            {
                // The connection may well live: an edgeHub without its cloud takes a minute to answer. Keep-alive decides about the connection.
                LogReadFailed(identity, e.Message);
                OnAway();
            }

            await Task.Delay(RetryWait(attempt), time, cancellationToken);
        }
    }

    /// <summary>Longer each time: an answer that takes a minute must be waited for some time.</summary>
    private TimeSpan Patience(int attempt) => Backoff.Bound(
        attempt + 1, options.OperationTimeout, options.OperationTimeout > LongestRead ? options.OperationTimeout : LongestRead);

    private TimeSpan RetryWait(int attempt)
    {
        var bound = Backoff.Bound(attempt + 1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        return jitter.Between(bound / 2, bound);
    }

    private void Log(TwinChange verdict, TwinDocument twin)
    {
        switch (verdict)
        {
            case TwinChange.Recreated:
                LogRecreated(identity, twin.DesiredVersion);
                break;
            case TwinChange.Stale:
                LogStale(identity, twin.DesiredVersion);
                break;
            case TwinChange.Unknown:
                LogUnknown(identity);
                break;
            default:
                LogTwin(identity, twin.DesiredVersion);
                break;
        }
    }

    [LoggerMessage(EventId = 2150, Level = LogLevel.Information, Message = "{Identity}: twin read, desired version {Version}")]
    private partial void LogTwin(DeviceIdentity identity, long? version);

    [LoggerMessage(EventId = 2151, Level = LogLevel.Warning, Message = "{Identity}: desired version {Version} was announced, {Missing} before it never were; the twin is read whole")]
    private partial void LogVersionGap(DeviceIdentity identity, long version, long missing);

    [LoggerMessage(EventId = 2152, Level = LogLevel.Debug, Message = "{Identity}: desired version {Version} was announced again or late")]
    private partial void LogOldPatch(DeviceIdentity identity, long version);

    [LoggerMessage(EventId = 2153, Level = LogLevel.Warning, Message = "{Identity}: an old copy of the twin (desired version {Version}) was ignored")]
    private partial void LogStale(DeviceIdentity identity, long? version);

    [LoggerMessage(EventId = 2154, Level = LogLevel.Warning, Message = "Identity was created again at the hub; its twin restarts. Identity={Identity} DesiredVersion={Version}")]
    private partial void LogRecreated(DeviceIdentity identity, long? version);

    [LoggerMessage(EventId = 2155, Level = LogLevel.Warning, Message = "{Identity}: the twin could not be read and is asked for again: {Why}")]
    private partial void LogReadFailed(DeviceIdentity identity, string why);

    [LoggerMessage(EventId = 2156, Level = LogLevel.Warning,
        Message = "{Identity}: the answer to the twin get is a twin without version, as of an edgeHub that has never seen it; nothing is known and it is asked for again")]
    private partial void LogUnknown(DeviceIdentity identity);

    [LoggerMessage(EventId = 2157, Level = LogLevel.Information,
        Message = "{Identity}: the hub does not tell the twin; desired version {Version} of an earlier run counts until it does")]
    private partial void LogRemembered(DeviceIdentity identity, long version);
}
