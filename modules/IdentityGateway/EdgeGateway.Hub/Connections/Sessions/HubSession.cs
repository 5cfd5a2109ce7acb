using System.Collections.Concurrent;
using System.Globalization;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>One connection from CONNECT to its end: requests and their answers, keep-alive, and what arrives unasked.</summary>
internal sealed partial class HubSession(
    DeviceIdentity identity, Stream stream, HubOptions options, TimeSpan keepAlive, TimeProvider time, PacketIds ids, ISessionEvents events, ILogger log)
    : IAsyncDisposable
{
    private readonly MqttChannel _channel = new(stream, time, options.OperationTimeout);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<TwinAnswer>> _twinRequests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ushort, TaskCompletionSource<SubAckPacket>> _subscribes = new();

    // Not a plain counter: the hub may deliver an answer to a request of an earlier process, kept in the session, to this one.
    private readonly string _ridPrefix = Guid.NewGuid().ToString("N")[..8];
    private readonly AsyncSignal _pong = new();
    private int _lastRid;

    /// <summary>Sends CONNECT and waits for the acceptance.</summary>
    /// <param name="connect">The packet; its keep-alive is that of the session.</param>
    /// <param name="patience">Longest wait for the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HubException">Refused, or no answer in time.</exception>
    public async Task OpenAsync(ConnectPacket connect, TimeSpan patience, CancellationToken cancellationToken)
    {
        await _channel.SendAsync(connect);
        switch (await ReceiveFirstAsync(patience, cancellationToken))
        {
            case ConnAckPacket { ReturnCode: ConnectReturnCode.Accepted }:
                return;
            case ConnAckPacket refused:
                throw Refusal(refused.ReturnCode);
            case null:
                throw new HubException(HubFailure.Unreachable, "The hub closed the connection instead of answering the connect.", new ClosedByHubException());
            case var other:
                throw new MqttProtocolException($"The hub answered the connect with {other.GetType().Name}.");
        }
    }

    /// <summary>Receives until the connection ends, which it reports by an exception.</summary>
    /// <exception cref="ClosedByHubException">The hub closed it.</exception>
    public async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (await _channel.ReceiveAsync(cancellationToken) is { } packet)
        {
            switch (packet)
            {
                case PublishPacket publish:
                    await OnPublishAsync(publish);
                    break;
                case PubAckPacket ack:
                    events.OnAcknowledged(ack.PacketId);
                    break;
                case SubAckPacket ack when _subscribes.TryRemove(ack.PacketId, out var waiting):
                    waiting.TrySetResult(ack);
                    break;
                case PingRespPacket:
                    _pong.Set();
                    break;
                default:
                    throw new MqttProtocolException($"The hub sent {packet.GetType().Name} unasked.");
            }
        }

        throw new ClosedByHubException();
    }

    /// <summary>Tests the connection whenever it was silent for the keep-alive time, in either direction.</summary>
    /// <exception cref="HubException">The hub does not answer.</exception>
    public async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var rest = keepAlive - _channel.Idle;
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(Timers.RoundUp(rest), time, cancellationToken);
                continue;
            }

            await _channel.SendAsync(new PingReqPacket());
            if (!await _pong.WaitAsync(options.OperationTimeout, time, cancellationToken) && _channel.Silence >= options.OperationTimeout)
            {
                throw new HubException(HubFailure.TimedOut, $"The hub did not answer a ping within {options.OperationTimeout}.");
            }
        }
    }

    /// <summary>Subscribes and waits for the grant.</summary>
    /// <exception cref="HubException">A filter was refused, or no answer in time.</exception>
    public async Task SubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken)
    {
        var id = ids.Take();
        var granted = _subscribes.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _channel.SendAsync(new SubscribePacket(id, [.. filters.Select(f => new MqttSubscription(f, MqttQos.AtLeastOnce))]));
            var ack = await BoundedAsync(granted.Task, "the subscribe", options.OperationTimeout, cancellationToken);
            for (var i = 0; i < filters.Count; i++)
            {
                if (i >= ack.ReturnCodes.Count || ack.ReturnCodes[i] == SubAckPacket.Failure)
                {
                    throw new HubException(HubFailure.Unauthorized, $"The hub refused the subscription to '{filters[i]}'.");
                }
            }
        }
        finally
        {
            _subscribes.TryRemove(id, out _);
            ids.Return(id);
        }
    }

    /// <summary>Sends a twin request and waits for its answer with any status.</summary>
    /// <param name="topic">The request under its id.</param>
    /// <param name="body">Its content.</param>
    /// <param name="what">Its name in messages.</param>
    /// <param name="patience">Longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HubException">No answer in time, or the connection ended.</exception>
    public async Task<TwinAnswer> AskTwinAsync(
        Func<string, HubTopic> topic, ReadOnlyMemory<byte> body, string what, TimeSpan patience, CancellationToken cancellationToken)
    {
        var rid = string.Create(CultureInfo.InvariantCulture, $"{_ridPrefix}{Interlocked.Increment(ref _lastRid)}");
        var answer = _twinRequests.GetOrAdd(rid, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            // At most once: the answer is the acknowledgement, and who asks asks again.
            await _channel.SendAsync(new PublishPacket(topic(rid).ToString()!, body));
            return await BoundedAsync(answer.Task, what, patience, cancellationToken);
        }
        finally
        {
            _twinRequests.TryRemove(rid, out _);
        }
    }

    /// <inheritdoc cref="MqttChannel.SendAsync"/>
    public Task SendAsync(MqttPacket packet) => _channel.SendAsync(packet);

    /// <summary>Leaves in order; waits briefly at most.</summary>
    public async Task DisconnectAsync(TimeSpan timeout)
    {
        try
        {
            await _channel.SendAsync(new DisconnectPacket()).WaitAsync(timeout, time);
        }
        catch (Exception e) when (e is HubException or TimeoutException)
        {
            LogDisconnectLost(identity, e.Message);
        }
    }

    /// <summary>Ends pending sends. Dispose the session when all its tasks have ended.</summary>
    public void Abort() => _channel.Abort();

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        var gone = new HubException(HubFailure.Unreachable, "The connection ended before the hub answered.");
        foreach (var waiting in _twinRequests.Values)
        {
            waiting.TrySetException(gone);
        }

        foreach (var waiting in _subscribes.Values)
        {
            waiting.TrySetException(gone);
        }
    }

    private async Task<MqttPacket?> ReceiveFirstAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await _channel.ReceiveAsync(both.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswer("the connect", patience, e);
        }
    }

    private async Task OnPublishAsync(PublishPacket packet)
    {
        var topic = HubTopic.Parse(packet.Topic);
        if (topic is CloudToDeviceTopic message)
        {
            events.OnMessage(this, message, packet);
            return;
        }

        switch (topic)
        {
            case TwinResponseTopic response when _twinRequests.TryRemove(response.RequestId, out var waiting):
                waiting.TrySetResult(new TwinAnswer(response.Status, response.Version, packet.Payload));
                break;
            case TwinResponseTopic:
                break; // to somebody who no longer waits
            case DesiredPatchTopic patch:
                events.OnDesiredPatch(patch.Version);
                break;
            case MethodRequestTopic method:
                events.OnMethod(method, packet.Payload);
                break;
            default:
                LogUnknownTopic(identity, packet.Topic);
                break;
        }

        if (packet.Qos == MqttQos.AtLeastOnce)
        {
            await _channel.SendAsync(new PubAckPacket(packet.PacketId));
        }
    }

    private async Task<T> BoundedAsync<T>(Task<T> task, string what, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await task.WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw NoAnswer(what, patience, e);
        }
    }

    private static HubException NoAnswer(string what, TimeSpan patience, Exception e) =>
        new(HubFailure.TimedOut, $"The hub did not answer {what} within {patience}.", e);

    private static HubException Refusal(ConnectReturnCode code)
    {
        var (failure, why) = code switch
        {
            ConnectReturnCode.BadUserNameOrPassword => (HubFailure.Unauthorized, "user name or token is wrong"),
            ConnectReturnCode.NotAuthorized => (HubFailure.Unauthorized, "the identity is unknown, disabled or has another key"),
            ConnectReturnCode.IdentifierRejected => (HubFailure.Unauthorized, "it rejects the client id"),
            ConnectReturnCode.ServerUnavailable => (HubFailure.Unreachable, "it is not available"),
            _ => (HubFailure.ProtocolError, code.ToString()),
        };
        return new HubException(failure, $"The hub refused the connect: {why} (code {(int)code}).", new ConnectRefusedException(code));
    }

    [LoggerMessage(EventId = 2120, Level = LogLevel.Debug, Message = "{Identity}: leaving the hub in order failed: {Why}")]
    private partial void LogDisconnectLost(DeviceIdentity identity, string why);

    [LoggerMessage(EventId = 2121, Level = LogLevel.Warning, Message = "{Identity}: a message with the unknown topic '{Topic}' was dropped")]
    private partial void LogUnknownTopic(DeviceIdentity identity, string topic);
}
