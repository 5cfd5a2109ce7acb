using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Edge.Outgoing;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>Connects on behalf of one client to the hub above: sends its queued reports and messages in order, and passes on what the hub above sends.</summary>
internal sealed partial class UpstreamConnection : IMessageHandler, IAsyncDisposable
{
    private readonly HubState _hub;
    private readonly EdgeHubOptions _options;
    private readonly HubIdentity _client;
    private readonly OutgoingStore _store;
    private readonly OutgoingQueue _queue;
    private readonly TwinSynchronizer _twins;
    private readonly ILogger _logger;
    private readonly IDeviceConnection _connection;
    private readonly CancellationTokenSource _ended = new();
    private volatile bool _isFresh;
    private volatile bool _hasRefusedMessage;
    private Task _running = Task.CompletedTask;

    public UpstreamConnection(
        HubState hub, EdgeHubOptions options, HubIdentity client, DeviceIdentity identity, IDeviceConnectionFactory connections,
        OutgoingStore store, TwinSynchronizer twins, ILogger logger)
    {
        (_hub, _options, _client, _store, _twins, _logger) = (hub, options, client, store, twins, logger);
        _queue = store.For(client.Name);
        _connection = connections.Create(identity);
    }

    public IdentityName Name => _client.Name;

    /// <summary>Gets whether a message arrived while the client accepted none: a new connection would deliver it again.</summary>
    public bool HasRefusedMessage => _hasRefusedMessage;

    public void Start()
    {
        lock (_queue.Gate)
        {
            _queue.PutBack();
        }

        _connection.Start(this);
        _running = Task.WhenAll(SendReportsAsync(_ended.Token), SendMessagesAsync(_ended.Token));
    }

    /// <summary>Reads the twin above.</summary>
    /// <exception cref="HubException">No answer in time.</exception>
    public Task<TwinDocument> GetTwinAsync(CancellationToken cancellationToken) => _connection.GetTwinAsync(cancellationToken);

    public ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken)
    {
        var becauseOfReconnect = _isFresh;
        _isFresh = false;
        if (becauseOfReconnect && !_twins.IsDue(_client.Name))
        {
            LogTwinNotDue(Name);
        }
        else
        {
            _twins.Adopt(_client, twin);
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        // The hub applies the caller's time-out; edgeHub waits as long as a method may take at most, too.
        var call = new MethodCall(request.Name, request.Payload?.DeepClone(), MethodInvoker.MaxTimeout, _options.MethodConnectTimeout);
        try
        {
            var answer = await _hub.Methods.InvokeAsync(Name, call, cancellationToken);
            return new MethodResponse(answer.Status, answer.Payload);
        }
        catch (HubRequestException e)
        {
            return new MethodResponse(e.Error.Status, JsonValue.Create($"{e.Error.Code}: {e.Message}"));
        }
    }

    public async ValueTask OnMessageAsync(DeviceMessage message, CancellationToken cancellationToken)
    {
        if (_hub.Sessions.Find(Name) is not { AcceptsMessages: true })
        {
            throw Refuse($"'{Name}' accepts no messages now; the hub will send it again.");
        }

        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        CloudToDeviceMessage? sent = null;
        void OnCompleted(CloudToDeviceMessage completed)
        {
            if (completed.MessageId == (sent?.MessageId ?? message.Properties.GetValueOrDefault("$.mid")))
            {
                acknowledged.TrySetResult();
            }
        }

        _client.CloudToDeviceMessages.Completed += OnCompleted;
        try
        {
            sent = _client.CloudToDeviceMessages.Add(message.Body, message.Properties);
            await acknowledged.Task.WaitAsync(_options.MessageAckTimeout, _hub.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Refuse($"'{Name}' did not acknowledge a message within {_options.MessageAckTimeout}; the hub will send it again.");
        }
        finally
        {
            _client.CloudToDeviceMessages.Completed -= OnCompleted;
            if (sent is not null && !acknowledged.Task.IsCompleted)
            {
                _client.CloudToDeviceMessages.Withdraw(sent);
            }
        }
    }

    public ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken)
    {
        if (status is { State: ConnectionState.Connected, Failure: null })
        {
            _isFresh = true;
        }

        LogStatus(Name, status.State, status.Detail ?? "");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _connection.DisposeAsync();
        await _running;
        _ended.Dispose();
    }

    private HubException Refuse(string why)
    {
        _hasRefusedMessage = true;
        return new HubException(HubFailure.Unreachable, why);
    }

    private async Task SendReportsAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _queue.Reports.WaitAsync(cancellationToken);
                if (HandOver() is var upTo and > 0)
                {
                    await FlushAsync(cancellationToken);
                    _store.CompleteReports(Name, upTo);
                    _queue.Reports.Set(); // more may have been queued
                }
            }
            catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or HubException)
            {
                return;
            }
        }
    }

    private long HandOver()
    {
        lock (_queue.Gate)
        {
            foreach (var patch in _queue.TakeReports())
            {
                _connection.Report(patch);
            }

            return _queue.LastTaken;
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await _connection.FlushReportsAsync(cancellationToken);
                return;
            }
            catch (HubException e) when (!cancellationToken.IsCancellationRequested)
            {
                // As in edgeHub, a report whose content the hub refuses is lost; the connection sends all others again.
                LogReportsWait(Name, e.Failure, e.Message);
            }
        }
    }

    private async Task SendMessagesAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (FirstMessage() is { } message)
                {
                    await SendAsync(message, cancellationToken);
                }
                else
                {
                    await _queue.Messages.WaitAsync(cancellationToken);
                }
            }
            catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or HubException)
            {
                return;
            }
        }
    }

    private QueuedMessage? FirstMessage()
    {
        while (true)
        {
            QueuedMessage? first;
            lock (_queue.Gate)
            {
                first = _queue.FirstMessage;
            }

            if (first is null || _hub.Time.GetUtcNow() < first.At + _options.MessageLife)
            {
                return first;
            }

            LogMessageExpired(Name, first.At);
            _store.CompleteMessages(Name, first.Sequence);
        }
    }

    private async Task SendAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _connection.SendAsync(new DeviceMessage(message.Body, message.Properties), cancellationToken);
            _store.CompleteMessages(Name, message.Sequence);
        }
        catch (HubException e) when (e.Failure is HubFailure.BadRequest)
        {
            LogMessageRefused(Name, e.Message);
            _store.CompleteMessages(Name, message.Sequence);
        }
        catch (HubException e) when (!cancellationToken.IsCancellationRequested)
        {
            LogMessageWaits(Name, e.Message);
        }
    }

    [LoggerMessage(6110, LogLevel.Information, "Upstream connection changed. Client={Client} State={State} Detail={Detail}")]
    private partial void LogStatus(IdentityName client, ConnectionState state, string detail);

    [LoggerMessage(6111, LogLevel.Information, "Twin after the reconnect not used: the last read is too recent. Client={Client}")]
    private partial void LogTwinNotDue(IdentityName client);

    [LoggerMessage(6112, LogLevel.Information, "Reports not sent; retrying. Client={Client} Failure={Failure} Reason={Reason}")]
    private partial void LogReportsWait(IdentityName client, HubFailure failure, string reason);

    [LoggerMessage(6113, LogLevel.Information, "Message not sent; retrying. Client={Client} Reason={Reason}")]
    private partial void LogMessageWaits(IdentityName client, string reason);

    [LoggerMessage(6114, LogLevel.Warning, "Message refused and dropped. Client={Client} Reason={Reason}")]
    private partial void LogMessageRefused(IdentityName client, string reason);

    [LoggerMessage(6115, LogLevel.Warning, "Message expired and dropped. Client={Client} Queued={At}")]
    private partial void LogMessageExpired(IdentityName client, DateTimeOffset at);
}
