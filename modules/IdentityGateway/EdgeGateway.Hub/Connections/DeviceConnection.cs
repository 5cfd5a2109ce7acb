using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Reports;
using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Hub.Connections.Stores;
using EdgeGateway.Hub.Connections.Twins;
using EdgeGateway.Hub.Mqtt.Topics;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections;

/// <summary>An identity at the hub over MQTT. Has no thread of its own; thousands fit into a process.</summary>
internal sealed partial class DeviceConnection : IDeviceConnection
{
    /// <summary>Largest telemetry message IoT Hub takes.</summary>
    private const int MaxMessageBytes = 256 * 1024;

    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly HubOptions _options;
    private readonly TimeProvider _time;
    private readonly HubMetrics _metrics;
    private readonly ILogger _log;
    private readonly Outbox _outbox;
    private readonly ReportOutbox _pending;
    private readonly ReportWriter _reports;
    private readonly TwinFollower _twin;
    private readonly HandlerQueue _handlers;
    private readonly ConnectionLoop _loop;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationTokenSource _handlersStopped = new();
    private Task _running = Task.CompletedTask;
    private Task _handling = Task.CompletedTask;
    private bool _started;
    private Task? _disposing;

    public DeviceConnection(DeviceIdentity identity, HubEndpoint endpoint, HubOptions options, ConnectionServices services)
    {
        Identity = identity;
        _options = options;
        _time = services.Time;
        _metrics = services.Metrics;
        _log = services.Log;
        var ids = new PacketIds();
        _outbox = new Outbox(ids);
        _handlers = new HandlerQueue(identity, _log);
        var folder = identity.ModuleId is null && !string.IsNullOrEmpty(options.OutboxFolder) ? new HubFolder(options.OutboxFolder) : null;
        _pending = new ReportOutbox(
            identity, options, folder is null ? null : new ReportFile(folder.ReportsOf(identity), _time, _log), _time, _metrics, _log);
        var memory = new TwinMemory(folder is null ? null : new TwinFile(folder.TwinOf(identity), _time, _log), isFromHub: !endpoint.IsThroughGateway);
        _twin = new TwinFollower(identity, options, _time, services.Jitter, memory, _pending, _handlers, _metrics, _log);
        _reports = new ReportWriter(identity, options, services.ReportInterval, _time, services.Jitter, _pending, _twin, _handlers, _metrics, _log);
        var inbound = new Inbound(identity, _outbox, _twin, _handlers, _log);
        _loop = new ConnectionLoop(identity, endpoint, options, services, _outbox, ids, _twin, _reports, _handlers, inbound);
    }

    public DeviceIdentity Identity { get; }

    public ConnectionState State => _loop.Status.State;

    public void Start(IDeviceHandler handler)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposing is not null, this);
            if (!_started)
            {
                _started = true;
                _handling = _handlers.RunAsync(handler, _handlersStopped.Token);
                _running = _loop.RunAsync(takesMessages: handler is IMessageHandler && Identity.ModuleId is null, _stopped.Token);
            }
        }
    }

    public Task<TwinDocument> GetTwinAsync(CancellationToken cancellationToken)
    {
        return BoundedAsync(ReadAsync, "the twin get", cancellationToken);

        async Task<TwinDocument> ReadAsync(CancellationToken token)
        {
            var session = await _loop.Session.WaitAsync().WaitAsync(token);
            return await TwinFollower.ReadAsync(session, _options.OperationTimeout, token);
        }
    }

    public ReportBacklog Backlog => _pending.Backlog;

    public void Report(JsonObject patch, ReportMilestone? milestone = null)
    {
        ThrowIfDisposed();
        _pending.Add(patch, milestone);
    }

    public void Set(string component, JsonObject state)
    {
        if (_disposing is null)
        {
            _pending.Set(component, state);
        }
    }

    public Task FlushReportsAsync(CancellationToken cancellationToken) =>
        BoundedAsync(token => _pending.WhenAcknowledged().WaitAsync(token), "the reports", cancellationToken);

    public async Task SendAsync(DeviceMessage message, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        var topic = new TelemetryTopic(Identity.DeviceId, Identity.ModuleId, message.Properties).ToString();
        if (message.Body.Length > MaxMessageBytes || topic.Length > ushort.MaxValue)
        {
            throw new HubException(
                HubFailure.BadRequest,
                $"A message of {message.Body.Length} bytes with properties of {topic.Length} is too large; the hub takes {MaxMessageBytes} and {ushort.MaxValue}.");
        }

        var entry = _outbox.Add(topic, message.Body);
        try
        {
            await BoundedAsync(token => entry.Acknowledged.WaitAsync(token), "the message", cancellationToken);
            _metrics.Sent();
        }
        finally
        {
            _outbox.Remove(entry);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposing ??= StopAsync();
            return new ValueTask(_disposing);
        }
    }

    /// <summary>Says what is left to say, leaves the hub, and waits for both; a handler that does not return is left behind.</summary>
    private async Task StopAsync()
    {
        await Task.Yield();
        if (State == ConnectionState.Connected)
        {
            _reports.Hurry();
            await WithinAsync(_pending.WhenAcknowledged(), FlushTimeout, "reports were not acknowledged");
        }

        await _stopped.CancelAsync();
        var gone = new HubException(HubFailure.Unreachable, $"The connection of {Identity} was closed.");
        _outbox.FailAll(gone);
        _pending.FailWaiters(gone);
        await WithinAsync(_running, StopTimeout, "the connection did not end");
        _pending.Close();
        _twin.Close();
        _handlers.Close();
        await WithinAsync(_handling, FlushTimeout, "the handler did not return");
        await _handlersStopped.CancelAsync();
        await WithinAsync(_handling, StopTimeout, "the handler did not return although it was cancelled");
    }

    private async Task WithinAsync(Task task, TimeSpan timeout, string otherwise)
    {
        try
        {
            await task.WaitAsync(timeout, _time);
        }
        catch (Exception e) when (e is TimeoutException or HubException)
        {
            LogNotStopped(Identity, otherwise, timeout);
        }
    }

    private Task<bool> BoundedAsync(Func<CancellationToken, Task> call, string what, CancellationToken cancellationToken) =>
        BoundedAsync(
            async token =>
            {
                await call(token);
                return true;
            },
            what,
            cancellationToken);

    private async Task<T> BoundedAsync<T>(Func<CancellationToken, Task<T>> call, string what, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        using var timeout = new CancellationTokenSource(_options.OperationTimeout, _time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopped.Token, cancellationToken);
        try
        {
            return await call(any.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotDone(what, e);
        }
    }

    private HubException NotDone(string what, Exception e)
    {
        var status = _loop.Status;
        return _stopped.IsCancellationRequested
            ? new HubException(HubFailure.Unreachable, $"{Identity} was closed before the hub answered {what}.", e)
            : status.State == ConnectionState.Connected
                ? new HubException(HubFailure.TimedOut, $"The hub did not answer {what} of {Identity} within {_options.OperationTimeout}.", e)
                : new HubException(
                    status.Failure ?? HubFailure.Unreachable,
                    $"{Identity} was not connected within {_options.OperationTimeout}, {what} could not be done. {status.Detail}".TrimEnd(),
                    e);
    }

    private void ThrowIfDisposed()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposing is not null, this);
        }
    }

    [LoggerMessage(EventId = 2110, Level = LogLevel.Warning, Message = "{Identity}: while closing, {What} within {Timeout}")]
    private partial void LogNotStopped(DeviceIdentity identity, string what, TimeSpan timeout);
}
