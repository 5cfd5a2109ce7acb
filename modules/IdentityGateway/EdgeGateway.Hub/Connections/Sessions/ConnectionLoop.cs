using System.Runtime.ExceptionServices;
using EdgeGateway.Hub.Connections.Pacing;
using EdgeGateway.Hub.Connections.Reports;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Connections.Twins;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>Connects, keeps a session going, and connects again, until cancelled.</summary>
internal sealed partial class ConnectionLoop(
    DeviceIdentity identity, HubEndpoint endpoint, HubOptions options, ConnectionServices services,
    Outbox outbox, PacketIds ids, TwinFollower twin, ReportWriter reports, HandlerQueue handlers, Inbound inbound)
{
    private static readonly TimeSpan DisconnectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Proxies close WebSockets that are silent for a minute.</summary>
    private static readonly TimeSpan WebSocketKeepAlive = TimeSpan.FromSeconds(45);

    private readonly ReconnectBackoff _backoff = new(options, services.Jitter);
    private readonly SessionHistory _history = new(endpoint.IsThroughGateway);
    private readonly ConnectPace _pace = new(endpoint, options);
    private readonly GatewayCapacity _capacity = new(endpoint);
    private readonly TimeSpan _keepAlive =
        endpoint.Transport == HubTransport.WebSockets && options.KeepAlive > WebSocketKeepAlive ? WebSocketKeepAlive : options.KeepAlive;

    private readonly TimeProvider _time = services.Time;
    private bool _takesMessages;
    private bool _wasConnected;
    private volatile ConnectionStatus _status = new(ConnectionState.Stopped);

    /// <summary>Where the connection stands.</summary>
    public ConnectionStatus Status => _status;

    /// <summary>The present session.</summary>
    public SessionSlot Session { get; } = new();

    /// <param name="takesMessages">True where the handler takes cloud-to-device messages: only then they are subscribed.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public async Task RunAsync(bool takesMessages, CancellationToken cancellationToken)
    {
        _takesMessages = takesMessages;
        SetStatus(new ConnectionStatus(ConnectionState.Connecting));
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ConnectOnceAsync(cancellationToken);
                SetStatus(new ConnectionStatus(ConnectionState.Connecting, Detail: "The token is renewed."));
            }
            catch (HubException e)
            {
                await WaitAfterAsync(e, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        SetStatus(new ConnectionStatus(ConnectionState.Stopped));
    }

    /// <summary>One connection; returns when its token must be renewed.</summary>
    /// <exception cref="HubException">It could not be made, or ended.</exception>
    private async Task ConnectOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await services.Gate.WaitAsync(cancellationToken);
            var expiry = _time.GetUtcNow() + options.TokenLifetime;
            await using var session = await OpenAsync(expiry, cancellationToken);
            await KeepAsync(session, expiry, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not HubException)
        {
            // No unexpected error may keep a device disconnected for good.
            LogUnexpected(e, identity);
            throw HubExceptions.From(e);
        }
    }

    private async Task<HubSession> OpenAsync(DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        var resource = identity.ModuleId is null
            ? $"{endpoint.HostName}/devices/{identity.DeviceId}"
            : $"{endpoint.HostName}/devices/{identity.DeviceId}/modules/{identity.ModuleId}";
        var token = await BoundedAsync(
            t => services.Tokens.CreateTokenAsync(identity, resource, expiry, t).AsTask(), "No token was made", cancellationToken);
        var stream = await BoundedAsync(t => services.Transport.ConnectAsync(endpoint, t), $"{endpoint} did not answer", cancellationToken);
        var session = new HubSession(identity, stream, options, _keepAlive, _time, ids, inbound, services.Log);
        try
        {
            await GreetAsync(session, token, cancellationToken);
            return session;
        }
        catch (Exception e)
        {
            await session.DisposeAsync();
            throw e is MqttProtocolException ? HubExceptions.From(e) : Rethrow(e);
        }
    }

    /// <summary>Sends the CONNECT as the gateway host, if there is one, can take it.</summary>
    private async Task GreetAsync(HubSession session, string token, CancellationToken cancellationToken)
    {
        var connect = new ConnectPacket(identity.ToString(), CleanSession: false, (ushort)_keepAlive.TotalSeconds)
        {
            UserName = HubUserName.Format(endpoint.HostName, identity),
            Password = token,
        };
        if (_pace.Pause > TimeSpan.Zero)
        {
            await Task.Delay(_pace.Pause, _time, cancellationToken);
        }

        try
        {
            await session.OpenAsync(connect, _pace.Patience, cancellationToken);
            _pace.OnAnswered();
            _capacity.OnAccepted();
        }
        catch (HubException e) when (e.Failure is HubFailure.TimedOut)
        {
            _pace.OnUnanswered();
            throw;
        }
        catch (HubException e)
        {
            _pace.OnAnswered();
            throw _capacity.Judge(e);
        }
    }

    private async Task KeepAsync(HubSession session, DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        var accepted = _time.GetTimestamp();
        services.Metrics.Connected(again: _wasConnected);
        _wasConnected = true;
        SetStatus(new ConnectionStatus(ConnectionState.Connected));
        LogConnected(identity, endpoint);
        try
        {
            await RunSessionAsync(session, expiry, cancellationToken);
        }
        catch (Exception e) when (e is HubException or MqttProtocolException or ClosedByHubException)
        {
            throw _history.Judge(_time.GetElapsedTime(accepted), e);
        }
        finally
        {
            if (_time.GetElapsedTime(accepted) >= SessionHistory.StableAfter)
            {
                _backoff.Reset();
            }

            Session.Clear();
            services.Metrics.Disconnected();
        }
    }

    /// <summary>Runs all that a session does side by side; the first to end ends the others.</summary>
    private async Task RunSessionAsync(HubSession session, DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] receiving = [session.ReceiveAsync(end.Token), session.KeepAliveAsync(end.Token)];
        var renewal = RenewalAsync(expiry, end.Token);
        Task[] all = [.. receiving, renewal, WorkAsync(session, end.Token)];
        var first = await Task.WhenAny(all);
        if (first == renewal || cancellationToken.IsCancellationRequested)
        {
            await session.DisconnectAsync(DisconnectTimeout);
        }

        await end.CancelAsync();
        session.Abort();
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();

        // A closed connection also fails concurrent sends; what the receiver saw is the cause.
        await (receiving.FirstOrDefault(t => t.IsFaulted) ?? first);
    }

    private async Task WorkAsync(HubSession session, CancellationToken cancellationToken)
    {
        string[] filters = [HubFilters.TwinResponses, HubFilters.DesiredPatches, HubFilters.Methods];
        await session.SubscribeAsync(
            _takesMessages ? [.. filters, HubFilters.CloudToDevice(identity.DeviceId)] : filters, cancellationToken);
        Session.Set(session); // a request before the subscription is granted would never see its answer

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] all = [outbox.PumpAsync(session, end.Token), twin.RunAsync(session, end.Token), reports.RunAsync(session, end.Token)];
        var first = await Task.WhenAny(all);
        await end.CancelAsync();
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    /// <summary>Waits until the token should be renewed and nothing is on the way.</summary>
    private async Task RenewalAsync(DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        var lifetime = options.TokenLifetime;
        var due = expiry - lifetime + services.Jitter.Between(lifetime * 0.8, lifetime * 0.85);
        await Task.Delay(due - _time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, cancellationToken);
        LogRenewing(identity);
        try
        {
            await outbox.DrainAsync().WaitAsync(options.OperationTimeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogDrainTimedOut(identity);
        }
    }

    private async Task WaitAfterAsync(HubException e, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        var refused = e is { Failure: HubFailure.Unauthorized, InnerException: ConnectRefusedException };
        var wait = _backoff.Next(e.Failure, refused && endpoint.IsThroughGateway);
        services.Metrics.Failed(e.Failure);
        LogFailed(identity, e.Failure, e.Message, wait);
        SetStatus(new ConnectionStatus(ConnectionState.Connecting, e.Failure, e.Message));
        twin.OnAway();
        await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<T> BoundedAsync<T>(Func<CancellationToken, Task<T>> call, string failed, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.OperationTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await call(both.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HubException(HubFailure.TimedOut, $"{failed} within {options.OperationTimeout}.", e);
        }
    }

    private static Exception Rethrow(Exception e)
    {
        ExceptionDispatchInfo.Throw(e);
        return e;
    }

    private void SetStatus(ConnectionStatus status)
    {
        _status = status;
        handlers.Post((handler, token) => handler.OnConnectionAsync(status, token));
    }

    private ILogger Log => services.Log;

    private void LogConnected(DeviceIdentity identity, HubEndpoint endpoint) => LogConnected(Log, identity, endpoint);

    private void LogFailed(DeviceIdentity identity, HubFailure failure, string why, TimeSpan wait) => LogFailed(Log, identity, failure, why, wait);

    private void LogRenewing(DeviceIdentity identity) => LogRenewing(Log, identity);

    private void LogDrainTimedOut(DeviceIdentity identity) => LogDrainTimedOut(Log, identity);

    private void LogUnexpected(Exception e, DeviceIdentity identity) => LogUnexpected(Log, e, identity);

    [LoggerMessage(EventId = 2100, Level = LogLevel.Information, Message = "{Identity}: connected to {Endpoint}")]
    private static partial void LogConnected(ILogger log, DeviceIdentity identity, HubEndpoint endpoint);

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "{Identity}: {Failure}: {Why} Next attempt in {Wait}")]
    private static partial void LogFailed(ILogger log, DeviceIdentity identity, HubFailure failure, string why, TimeSpan wait);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "{Identity}: the token is renewed by a new connection")]
    private static partial void LogRenewing(ILogger log, DeviceIdentity identity);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Warning, Message = "{Identity}: messages were still not acknowledged when the token was renewed; they are sent again")]
    private static partial void LogDrainTimedOut(ILogger log, DeviceIdentity identity);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Error, Message = "{Identity}: an unexpected error ended the connection")]
    private static partial void LogUnexpected(ILogger log, Exception e, DeviceIdentity identity);
}
