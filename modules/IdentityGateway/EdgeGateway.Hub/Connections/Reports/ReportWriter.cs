using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Pacing;
using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Hub.Connections.Twins;
using EdgeGateway.Hub.Mqtt.Topics;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>
/// The only writer of an identity's reported properties: one message at a time, in order, coalesced, at most one per
/// <see cref="HubOptions.ReportInterval"/>, and again until the hub has acknowledged it. What the hub refuses for its content is dropped, property by
/// property, since repeating it would block everything behind it.
/// </summary>
internal sealed partial class ReportWriter(
    DeviceIdentity identity, HubOptions options, Func<TimeSpan> interval, TimeProvider time, Jitter jitter,
    ReportOutbox outbox, TwinFollower twin, HandlerQueue handlers, HubMetrics metrics, ILogger log)
{
    private long _lastTurn = time.GetTimestamp();
    private TimeSpan _spacing = TimeSpan.Zero;
    private volatile bool _hurry;
    private int _failures;

    /// <summary>Ends the spacing of messages: the connection is about to be closed.</summary>
    public void Hurry()
    {
        _hurry = true;
        outbox.Changed.Set();
    }

    /// <summary>Writes on one connection until cancelled or the connection ends.</summary>
    public async Task RunAsync(HubSession session, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await WaitForTurnAsync(cancellationToken);
                if (outbox.Next() is { } message)
                {
                    await SendAsync(session, message, cancellationToken);
                }
            }
        }
        finally
        {
            outbox.PutBack(mayHaveArrived: true); // the next connection begins with a look at the twin
        }
    }

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var rest = _hurry && _failures == 0 ? TimeSpan.Zero : _spacing - time.GetElapsedTime(_lastTurn);
            if (!outbox.HasWork)
            {
                await outbox.Changed.WaitAsync(cancellationToken);
            }
            else if (rest > TimeSpan.Zero)
            {
                await outbox.Changed.WaitAsync(rest, time, cancellationToken);
            }
            else
            {
                return;
            }
        }
    }

    private async Task SendAsync(HubSession session, JsonObject message, CancellationToken cancellationToken)
    {
        var body = ReportMessages.Serialize(message);
        if (body.Length > ReportMessages.MaxBytes)
        {
            Drop(message, new HubException(
                HubFailure.BadRequest,
                $"Reported property '{message.First().Key}' has {body.Length} bytes; the hub takes {ReportMessages.MaxBytes} at once."));
            return;
        }

        TakeTurn(interval());
        HubException refusal;
        try
        {
            var answer = await session.AskTwinAsync(rid => new ReportedPatchTopic(rid), body, "the report", options.OperationTimeout, cancellationToken);
            if (answer.IsSuccess)
            {
                Acknowledge(answer);
                return;
            }

            refusal = answer.ToException("the report");
        }
        catch (HubException e) when (e.Failure is HubFailure.TimedOut)
        {
            refusal = e;
        }

        if (refusal.Failure is HubFailure.BadRequest)
        {
            Split(message, refusal);
        }
        else
        {
            BackOff(refusal);
        }
    }

    private void Acknowledge(TwinAnswer answer)
    {
        _failures = 0;
        outbox.Acknowledge();
        metrics.Reported();
        if (answer.Version is { } version)
        {
            twin.OnReported(version);
        }
    }

    private void Split(JsonObject message, HubException refusal)
    {
        if (message.Count > 1)
        {
            LogSplit(identity, message.Count, refusal.Message);
            outbox.SplitFirst();
        }
        else
        {
            Drop(message, refusal);
        }
    }

    private void Drop(JsonObject message, HubException why)
    {
        var name = message.First().Key;
        var told = new HubException(HubFailure.BadRequest, $"Reported property '{name}' was dropped: {why.Message}", why);
        LogDropped(identity, name, why.Message);
        metrics.ReportDropped();
        outbox.Drop(told);
        handlers.Post((handler, token) =>
            handler.OnConnectionAsync(new ConnectionStatus(ConnectionState.Connected, HubFailure.BadRequest, told.Message), token));
    }

    private void BackOff(HubException why)
    {
        if (outbox.PutBack(mayHaveArrived: why.Failure is HubFailure.TimedOut))
        {
            twin.Refresh();
        }

        var bound = Backoff.Bound(++_failures, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60));
        var wait = jitter.Between(bound / 2, bound);
        TakeTurn(wait > interval() ? wait : interval());
        LogBackOff(identity, why.Message);
    }

    private void TakeTurn(TimeSpan untilNext)
    {
        _lastTurn = time.GetTimestamp();
        _spacing = untilNext;
    }

    [LoggerMessage(EventId = 2160, Level = LogLevel.Error, Message = "{Identity}: reported property '{Property}' was dropped: {Why}")]
    private partial void LogDropped(DeviceIdentity identity, string property, string why);

    [LoggerMessage(EventId = 2161, Level = LogLevel.Warning, Message = "{Identity}: a report of {Count} properties was refused and is sent property by property: {Why}")]
    private partial void LogSplit(DeviceIdentity identity, int count, string why);

    [LoggerMessage(EventId = 2162, Level = LogLevel.Warning, Message = "{Identity}: a report was not taken and is sent again later: {Why}")]
    private partial void LogBackOff(DeviceIdentity identity, string why);
}
