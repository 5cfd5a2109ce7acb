using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Firmware.Workflow.Local;
using EdgeGateway.Firmware.Workflow.Orders;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>
/// One loop that follows the twin of one microcontroller: it decides what a twin means, conducts the update, and watches the link in
/// between.
/// </summary>
internal sealed partial class McuWorkflow : IMcuWorkflow
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(30);

    private readonly McuContext _mcu;
    private readonly UpdateRun _run;
    private readonly LinkWatch _watch;
    private readonly ILogger _logger;
    private readonly WorkflowInbox _inbox = new();
    private readonly LineOrders _lineOrders;
    private readonly TwinAnswers _answers;

    private DeviceUpdateTwin? _latest;
    private bool _isConsidered;

    public McuWorkflow(McuContext mcu)
    {
        _mcu = mcu;
        _run = new UpdateRun(mcu);
        _watch = new LinkWatch(mcu);
        _lineOrders = new LineOrders(mcu);
        _answers = new TwinAnswers(mcu, _run);
        _logger = mcu.Loggers.CreateLogger<McuWorkflow>();
    }

    public McuId Id => _mcu.Id;

    public McuStatus Status => _mcu.Board.Status;

    public void SetTwin(DeviceUpdateTwin twin)
    {
        ArgumentNullException.ThrowIfNull(twin);
        _inbox.Put(twin);
    }

    public IReadOnlyList<FinishedUpdate> History => _mcu.Memory.State.Finished;

    public Task<LocalVerdict> CancelAsync(CancellationToken cancellationToken) => _inbox.AskAsync(LocalOrder.Cancel, cancellationToken);

    public Task<LocalVerdict> RetryAsync(CancellationToken cancellationToken) => _inbox.AskAsync(LocalOrder.Retry, cancellationToken);

    public Task<LocalVerdict> RebootAsync(CancellationToken cancellationToken) => _lineOrders.RebootAsync(cancellationToken);

    public Task<LocalVerdict> IndicateAsync(TimeSpan time, CancellationToken cancellationToken) =>
        _lineOrders.IndicateAsync(time, cancellationToken);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var isLoaded = false;
        while (true)
        {
            try
            {
                if (!isLoaded)
                {
                    Restore();
                    isLoaded = true;
                }

                if (_mcu.Memory.State.Active is { } active)
                {
                    await ConductAsync(active, cancellationToken);
                    _isConsidered = false;
                }
                else if (_inbox.TryTakeWish(out var wish))
                {
                    Consider(wish);
                }
                else if (_latest is { } twin && !_isConsidered)
                {
                    Consider(twin);
                    _isConsidered = true;
                }
                else
                {
                    await WatchAsync(cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // one microcontroller's trouble must not end the gateway, nor this workflow for good: it goes on as after a restart
                LogUnexpected(e, Id);
                isLoaded = isLoaded && _mcu.Memory.State.Active is null;
                _isConsidered = false;
                if (!await PauseAsync(cancellationToken))
                {
                    return;
                }
            }
        }
    }

    private async Task<bool> PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(PauseAfterError, _mcu.Time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Goes on where the journal says the gateway was when it ended.</summary>
    private void Restore()
    {
        _mcu.Memory.Load();
        var state = _mcu.Memory.State;
        if (state.Active is { } active)
        {
            var phase = UpdateTransitions.Next(active.Phase, UpdateEvent.GatewayRestarted)!.Value;
            LogResumed(Id, active.Service.Workflow.Id, active.Phase, phase);
            var resumed = active with { Phase = phase };
            _mcu.Memory.Keep(state with { Active = resumed });
            _answers.Announce(resumed);
        }
        else if (state.Finished is [var last, ..])
        {
            _mcu.Board.Change(s => StatusOf.Finished(s, last));
            if (!last.IsReplaced)
            {
                // the gateway may have been killed between the journal and the report; whoever keeps reports knows this one if not
                _mcu.Observer.OnAgentReport(Id, AgentReports.Of(last));
            }
        }
    }

    /// <summary>Carries an update to its end, while twins that arrive may cancel or replace it.</summary>
    private async Task ConductAsync(ActiveUpdate active, CancellationToken stop)
    {
        using var cancel = new CancelOrder();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var run = _run.RunAsync(active, cancel, stop);
        var listening = ListenAsync(cancel, ended.Token);
        try
        {
            await run;
        }
        finally
        {
            ended.Cancel();
            await listening;
        }
    }

    private async Task ListenAsync(CancelOrder cancel, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await _inbox.WaitAsync(ended);
                if (_inbox.TryTakeWish(out var wish))
                {
                    ConsiderWhileBusy(wish, cancel);
                }
                else if (_inbox.TryTakeTwin(out var twin))
                {
                    _latest = twin;
                    switch (OrderDecider.Decide(_mcu.Memory.State, twin).Kind)
                    {
                        case OrderKind.Cancel:
                            LogCancelOrdered(Id);
                            _answers.Acknowledge(twin, accepted: true);
                            cancel.Give(CancelReason.Ordered);
                            break;
                        case OrderKind.Start:
                            LogReplaced(Id, twin.Service!.Workflow.Id);
                            cancel.Give(CancelReason.Replaced);
                            break;
                        case OrderKind.Reject:
                            _answers.Acknowledge(twin, accepted: false);
                            break;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // the update has ended, or the gateway stops
        }
    }

    /// <summary>The same way as an order of the twin to cancel.</summary>
    private void ConsiderWhileBusy(LocalWish wish, CancelOrder cancel)
    {
        if (_mcu.Memory.State.Active is not { } active)
        {
            wish.Answer(new LocalVerdict(LocalOutcome.WrongState, "the update has just ended"));
            return;
        }

        var id = active.Service.Workflow.Id;
        if (wish.Order == LocalOrder.Retry)
        {
            wish.Answer(new LocalVerdict(LocalOutcome.WrongState, $"deployment {id} is under way ({active.Phase})", id));
        }
        else if (UpdateTransitions.IsCommitted(active.Phase))
        {
            wish.Answer(new LocalVerdict(
                LocalOutcome.WrongState, $"deployment {id} is too far to be cancelled ({active.Phase}): the new image may run already", id));
        }
        else
        {
            LogCancelledLocally(Id, id);
            wish.Answer(new LocalVerdict(LocalOutcome.Accepted, $"deployment {id} is cancelled", id));
            cancel.Give(CancelReason.Local);
        }
    }

    /// <summary>Watches the link until a twin or an order arrives.</summary>
    private async Task WatchAsync(CancellationToken stop)
    {
        using var arrived = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = _watch.RunAsync(arrived.Token);
        await Task.WhenAny(watching, _inbox.WaitAsync(arrived.Token));
        arrived.Cancel();
        try
        {
            await watching;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // a twin is worth more than a sign of life
        }

        stop.ThrowIfCancellationRequested();
        if (_inbox.TryTakeTwin(out var twin))
        {
            (_latest, _isConsidered) = (twin, false);
        }
    }

    /// <summary>Decides what an order given at the gateway itself means now that nothing is under way.</summary>
    private void Consider(LocalWish wish)
    {
        if (wish.Order == LocalOrder.Cancel)
        {
            wish.Answer(new LocalVerdict(LocalOutcome.NothingToDo, "no update is under way"));
            return;
        }

        var (service, verdict) = RetryDecider.Decide(_mcu.Memory.State, _latest);
        if (service is not null)
        {
            try
            {
                var active = NewUpdate(service);
                _mcu.Memory.Save(_mcu.Memory.State with { Active = active });
                LogBegunLocally(Id, service.Workflow.Id);
                _answers.Announce(active);
            }
            catch (JournalException e)
            {
                // nobody would order it again after a restart: what cannot be kept is not begun
                LogNotSaved(Id, e.Message);
                verdict = new LocalVerdict(LocalOutcome.Failed, e.Message, service.Workflow.Id);
            }
        }

        wish.Answer(verdict);
    }

    /// <summary>Decides what the latest twin means now that nothing is under way.</summary>
    private void Consider(DeviceUpdateTwin twin)
    {
        var decision = OrderDecider.Decide(_mcu.Memory.State, twin);
        switch (decision.Kind)
        {
            case OrderKind.Start:
                _answers.Acknowledge(twin, twin.Service!.Errors.Count == 0);
                Begin(twin.Service);
                break;
            case OrderKind.Duplicate when twin.Reported is { } reported && !AgentReports.IsKnown(decision.Finished!, reported):
                _answers.RepeatLost(AgentReports.Again(decision.Finished!));
                break;
            case OrderKind.Ignore when twin is { Service.Workflow.Action: WorkflowAction.Cancel, Reported: { } reported }
                && reported is { State: (int)AgentState.DeploymentInProgress, WorkflowId: { } id }:
                _answers.RepeatLost(AgentReports.Cancelled(new WorkflowOrder(WorkflowAction.ProcessDeployment, id, reported.RetryTimestamp)));
                break;
            case OrderKind.Reject:
                _answers.Acknowledge(twin, accepted: false);
                break;
        }
    }

    private void Begin(DesiredService service)
    {
        var active = NewUpdate(service);
        var state = _mcu.Memory.State with { Active = active };
        try
        {
            _mcu.Memory.Save(state);
        }
        catch (JournalException e)
        {
            // evaluating changes nothing; the steps after it insist on the journal
            LogNotSaved(Id, e.Message);
            _mcu.Memory.Keep(state);
        }

        LogBegun(Id, service.Workflow.Id, service.Workflow.RetryTimestamp ?? "none");
        _answers.Announce(active);
    }

    private ActiveUpdate NewUpdate(DesiredService service) => new()
    {
        Service = service,
        Phase = UpdateTransitions.Next(UpdatePhase.Idle, UpdateEvent.Ordered)!.Value,
        BegunAt = _mcu.Time.GetUtcNow(),
        FromVersion = _mcu.Board.Status.RunningVersion,
    };

    [LoggerMessage(3200, LogLevel.Information, "{Mcu}: deployment {Workflow} begins (retry token {RetryToken}).")]
    private partial void LogBegun(McuId mcu, string workflow, string retryToken);

    [LoggerMessage(3201, LogLevel.Information, "{Mcu}: deployment {Workflow} was left in {Was}; goes on with {Phase}.")]
    private partial void LogResumed(McuId mcu, string workflow, UpdatePhase was, UpdatePhase phase);

    [LoggerMessage(3202, LogLevel.Information, "{Mcu}: the twin orders to cancel.")]
    private partial void LogCancelOrdered(McuId mcu);

    [LoggerMessage(3203, LogLevel.Information, "{Mcu}: deployment {Workflow} replaces the one under way.")]
    private partial void LogReplaced(McuId mcu, string workflow);

    [LoggerMessage(3206, LogLevel.Error, "{Mcu}: the journal could not be written: {Error}")]
    private partial void LogNotSaved(McuId mcu, string error);

    [LoggerMessage(3207, LogLevel.Error, "{Mcu}: an unexpected error in its workflow; it goes on in a while.")]
    private partial void LogUnexpected(Exception error, McuId mcu);

    [LoggerMessage(3208, LogLevel.Information, "{Mcu}: deployment {Workflow} is cancelled by a direct method.")]
    private partial void LogCancelledLocally(McuId mcu, string workflow);

    [LoggerMessage(3209, LogLevel.Information, "{Mcu}: deployment {Workflow} begins again by a direct method.")]
    private partial void LogBegunLocally(McuId mcu, string workflow);
}
