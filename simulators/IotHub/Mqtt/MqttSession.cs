using System.IO.Pipelines;
using System.Threading.Channels;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Sessions;
using EdgeGateway.Simulators.IotHub.Twins;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>Runs one accepted MQTT connection, from CONNACK to its end.</summary>
/// <remarks>One reader handles packets and one writer writes them; other threads send through the channel of the writer.</remarks>
internal sealed class MqttSession : IDeviceSession, IDisposable
{
    /// <summary>Largest packet: a message of 256 KB and its topic.</summary>
    public const int MaxPacketBytes = PublishHandler.MaxMessageBytes + 70 * 1024;

    private const int MaxUnsentPackets = 4096;

    /// <summary>Longest silence, for every keep-alive that a client asks for.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(1767);

    private readonly HubState _hub;
    private readonly HubIdentity _identity;
    private readonly ConnectPacket _connect;
    private readonly IDuplexPipe _transport;
    private readonly Channel<MqttPacket> _outgoing = Channel.CreateBounded<MqttPacket>(MaxUnsentPackets);
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationToken _endedToken;
    private readonly TaskCompletionSource _dropDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SubscriptionSet _subscriptions;
    private readonly CloudToDeviceSender _commands;
    private readonly MethodRequests _methods;
    private readonly PublishHandler _publishes;
    private readonly TimeSpan _allowedSilence;
    private readonly ITimer _silenceTimer;
    private readonly ITimer _tokenTimer;
    private int _end = -1;

    public MqttSession(HubState hub, AuthenticationResult verdict, ConnectPacket connect, IDuplexPipe transport, string remote)
    {
        _hub = hub;
        _identity = verdict.Identity!;
        _connect = connect;
        _transport = transport;
        _endedToken = _ended.Token; // the token stays usable after the source is disposed
        Remote = remote;
        ConnectedAt = hub.Time.GetUtcNow();
        _subscriptions = new SubscriptionSet(Name);
        _commands = new CloudToDeviceSender(_identity, _subscriptions, Send);
        _methods = new MethodRequests(Send);
        _publishes = new PublishHandler(hub, _identity, _subscriptions, _methods, Send);
        var asked = TimeSpan.FromSeconds(1.5 * connect.KeepAliveSeconds);
        _allowedSilence = asked == TimeSpan.Zero || asked > MaxSilence ? MaxSilence : asked;
        _silenceTimer = hub.Time.CreateTimer(
            _ => Drop(SessionEnd.KeepAliveExpired), null, _allowedSilence, Timeout.InfiniteTimeSpan);
        _tokenTimer = hub.Time.CreateTimer(
            _ => OnTokenTimer(verdict.TokenExpiry), null, UntilTokenCheck(verdict.TokenExpiry), Timeout.InfiniteTimeSpan);
    }

    public IdentityName Name => _identity.Name;

    public string Remote { get; }

    public DateTimeOffset ConnectedAt { get; }

    /// <summary>Gets the rule that the client broke; empty where it broke none.</summary>
    public string EndDetail { get; private set; } = string.Empty;

    public bool AcceptsMethods => _subscriptions.Has(SubscriptionKind.Methods);

    public bool AcceptsMessages => _subscriptions.Has(SubscriptionKind.CloudToDevice);

    public Task<MethodResult> InvokeAsync(string method, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        _methods.InvokeAsync(method, payload, _endedToken, cancellationToken);

    /// <summary>Runs the session until it ends.</summary>
    public async Task<SessionEnd> RunAsync()
    {
        if (!_hub.Sessions.TryEnter(this))
        {
            return await RefuseAsync();
        }

        _identity.Statistics.CountConnect();
        _identity.LastActivity = ConnectedAt;
        var kept = _identity.TakeKeptSubscription(_connect.CleanSession);
        Send(new ConnAckPacket(kept, ConnectReturnCode.Accepted));
        _identity.Twin.DesiredChanged += PushDesired;
        _commands.Open();
        if (kept)
        {
            _subscriptions.Restore(SubscriptionKind.CloudToDevice);
            _commands.SendWaiting();
        }

        if (_end >= 0)
        {
            Detach(); // dropped while it was being set up
        }

        var writing = WriteAsync();
        try
        {
            Drop(await ReadAsync());
        }
        finally
        {
            Drop(SessionEnd.ConnectionLost); // has no effect if the session has ended already
            await writing;
            await _dropDone.Task; // another thread may still be dropping it
        }

        return (SessionEnd)_end;
    }

    public void Drop(SessionEnd reason)
    {
        if (Interlocked.CompareExchange(ref _end, (int)reason, -1) != -1)
        {
            return;
        }

        Detach();
        if (reason != SessionEnd.Disconnected && _connect.Will is { } will)
        {
            _publishes.HandleWill(will);
        }

        _ended.Cancel();
        _dropDone.SetResult();
    }

    public void Dispose()
    {
        _silenceTimer.Dispose();
        _tokenTimer.Dispose();
        _ended.Dispose();
    }

    /// <summary>Refuses a client as edgeHub does when its limit of clients is reached.</summary>
    private async Task<SessionEnd> RefuseAsync()
    {
        MqttWriter.Write(_transport.Output, new ConnAckPacket(false, ConnectReturnCode.ServerUnavailable));
        await _transport.Output.FlushAsync(_endedToken);
        return SessionEnd.TooManyClients;
    }

    private void Detach()
    {
        _identity.Twin.DesiredChanged -= PushDesired;
        _commands.Close();
        _identity.KeepSubscription(!_connect.CleanSession && _subscriptions.Has(SubscriptionKind.CloudToDevice));
        _hub.Sessions.Leave(this);
    }

    private void Send(MqttPacket packet)
    {
        if (!_outgoing.Writer.TryWrite(packet))
        {
            // From a thread of its own: the caller may hold the lock of a twin or of a queue.
            ThreadPool.UnsafeQueueUserWorkItem(static session => session.Drop(SessionEnd.TooSlow), this, preferLocal: false);
        }
    }

    private void PushDesired(DesiredChange change)
    {
        if (!_subscriptions.Has(SubscriptionKind.DesiredPatches))
        {
            return;
        }

        var patch = change.Patch.DeepClone().AsObject();
        patch["$version"] = change.Version;
        _identity.Statistics.CountDesiredPush();
        Send(new PublishPacket(new DesiredPatchTopic(change.Version).ToString(), TwinRequests.Utf8(patch)));
    }

    private async Task<SessionEnd> ReadAsync()
    {
        try
        {
            while (true)
            {
                var result = await _transport.Input.ReadAsync(_endedToken);
                _silenceTimer.Change(_allowedSilence, Timeout.InfiniteTimeSpan);
                var buffer = result.Buffer;
                while (_end < 0 && MqttReader.TryRead(ref buffer, MaxPacketBytes, out var packet))
                {
                    if (packet is DisconnectPacket)
                    {
                        return SessionEnd.Disconnected;
                    }

                    Handle(packet!);
                }

                _transport.Input.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                {
                    return SessionEnd.ConnectionLost;
                }
            }
        }
        catch (MqttProtocolException e)
        {
            EndDetail = e.Message;
            return SessionEnd.ProtocolError;
        }
        catch (Exception e) when (e is OperationCanceledException || MqttConnectionHandler.IsConnectionLoss(e))
        {
            return SessionEnd.ConnectionLost;
        }
    }

    private void Handle(MqttPacket packet)
    {
        _identity.LastActivity = _hub.Time.GetUtcNow();
        switch (packet)
        {
            case PublishPacket publish:
                _publishes.Handle(publish);
                break;
            case PubAckPacket acknowledged:
                _commands.Acknowledge(acknowledged.PacketId);
                break;
            case SubscribePacket subscribe:
                Send(new SubAckPacket(subscribe.PacketId, [.. subscribe.Subscriptions.Select(_subscriptions.Add)]));
                _hub.Sessions.SignalChange();
                _commands.SendWaiting();
                break;
            case UnsubscribePacket unsubscribe:
                unsubscribe.Filters.ToList().ForEach(_subscriptions.Remove);
                Send(new UnsubAckPacket(unsubscribe.PacketId));
                break;
            case PingReqPacket:
                Send(new PingRespPacket());
                break;
            default:
                throw new MqttProtocolException($"A client must not send {packet.GetType().Name} now.");
        }
    }

    private async Task WriteAsync()
    {
        var output = _transport.Output;
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync(_endedToken))
            {
                while (_outgoing.Reader.TryRead(out var packet))
                {
                    MqttWriter.Write(output, packet);
                    if (!_outgoing.Reader.TryPeek(out _) || output.UnflushedBytes > PublishHandler.MaxMessageBytes)
                    {
                        await output.FlushAsync(_endedToken);
                    }
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException || MqttConnectionHandler.IsConnectionLoss(e))
        {
            Drop(SessionEnd.ConnectionLost);
        }
    }

    private void OnTokenTimer(DateTimeOffset expiry)
    {
        if (expiry <= _hub.Time.GetUtcNow())
        {
            Drop(SessionEnd.TokenExpired);
        }
        else
        {
            _tokenTimer.Change(UntilTokenCheck(expiry), Timeout.InfiniteTimeSpan);
        }
    }

    // Timers have an upper bound; the lifetime of a token has none.
    private TimeSpan UntilTokenCheck(DateTimeOffset expiry)
    {
        var left = expiry - _hub.Time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : left;
    }
}
