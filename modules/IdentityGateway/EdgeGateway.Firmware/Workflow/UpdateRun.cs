using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Failures;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Firmware.Workflow.Steps;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>Carries out one update, from the phase in the journal to its end. Each phase is written to the journal before its step acts.</summary>
internal sealed partial class UpdateRun
{
    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(5);

    private readonly McuContext _mcu;
    private readonly Dictionary<UpdatePhase, IUpdateStep> _steps;
    private readonly ILogger _logger;

    public UpdateRun(McuContext mcu)
    {
        _mcu = mcu;
        _logger = mcu.Loggers.CreateLogger<UpdateRun>();
        _steps = new Dictionary<UpdatePhase, IUpdateStep>
        {
            [UpdatePhase.Evaluating] = new EvaluateStep(mcu),
            [UpdatePhase.Downloading] = new DownloadStep(mcu),
            [UpdatePhase.WaitingForLine] = new LineStep(mcu),
            [UpdatePhase.Offering] = new OfferStep(mcu),
            [UpdatePhase.Transferring] = new TransferStep(mcu),
            [UpdatePhase.Verifying] = new VerifyStep(),
            [UpdatePhase.Activating] = new ActivateStep(mcu),
            [UpdatePhase.Confirming] = new ConfirmStep(mcu),
            [UpdatePhase.WaitingToRetry] = new WaitToRetryStep(mcu),
            [UpdatePhase.WaitingForMcu] = new WaitForMcuStep(mcu),
        };
    }

    /// <summary>The order whose end was last reported in this process.</summary>
    public WorkflowOrder? LastEnd { get; set; }

    /// <summary>Works until the update has ended.</summary>
    /// <param name="active">The update as the journal has it.</param>
    /// <param name="cancel">Cancels the update before the new image may run.</param>
    /// <param name="stop">Stops the work; the next start continues it.</param>
    public async Task RunAsync(ActiveUpdate active, UpdateCancellation cancel, CancellationToken stop)
    {
        using var trace = UpdateTrace.StartUpdate(_mcu.Id, active);
        await using var session = new UpdateSession(active with { TraceParent = trace?.Id ?? active.TraceParent });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel.Token, stop);
        try
        {
            while (!UpdateTransitions.IsFinal(session.Active.Phase))
            {
                stop.ThrowIfCancellationRequested();
                using var phase = UpdateTrace.StartPhase(session.Active);
                var outcome = await StepAsync(session, cancel.Token, either.Token, stop);
                var happened = await AdvanceAsync(session, outcome, cancel);
                UpdateTrace.EndPhase(phase, happened, session.Active);
            }
        }
        finally
        {
            UpdateTrace.EndUpdate(trace, session.Active);
        }
    }

    private async Task<StepOutcome> StepAsync(
        UpdateSession session, CancellationToken cancel, CancellationToken either, CancellationToken stop)
    {
        var phase = session.Active.Phase;
        var isCommitted = UpdateTransitions.IsCommitted(phase);
        try
        {
            if (!isCommitted)
            {
                cancel.ThrowIfCancellationRequested();
            }

            var outcome = await _steps[phase].RunAsync(session, isCommitted ? stop : either);
            return !isCommitted && cancel.IsCancellationRequested ? await CancelAsync(session, stop) : outcome;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (!isCommitted && cancel.IsCancellationRequested)
        {
            return await CancelAsync(session, stop);
        }
        catch (Exception e) when (stop.IsCancellationRequested)
        {
            // a gateway that stops closes lines under what has not stopped yet: no fault of the update, which goes on at the next start
            throw new OperationCanceledException($"The gateway stops while {phase}.", e, stop);
        }
        catch (Exception e)
        {
            // an unexpected exception fails the attempt, not the workflow; its stack is in the log
            var failure = FailureMap.From(e, phase);
            if (failure.Reason == FailureReason.Internal)
            {
                LogUnexpected(e, _mcu.Id, phase);
            }

            return failure;
        }
    }

    /// <summary>Aborts the session of the microcontroller, if there is one. A later transfer can resume from the bytes it holds.</summary>
    private async Task<StepOutcome> CancelAsync(UpdateSession session, CancellationToken stop)
    {
        if (session.Driver is { } driver)
        {
            using var timeout = new CancellationTokenSource(AbortTimeout, _mcu.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
            try
            {
                await driver.AbortAsync(either.Token);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested)
            {
                LogNotAborted(_mcu.Id, "no answer in time");
            }
            catch (Exception e) when (e is McuException or LinkException)
            {
                LogNotAborted(_mcu.Id, e.Message);
            }
        }

        return UpdateEvent.CancelOrdered;
    }

    private async Task<UpdateEvent> AdvanceAsync(UpdateSession session, StepOutcome outcome, UpdateCancellation cancel)
    {
        var from = session.Active;
        var (happened, next) = Follow(session, outcome, cancel);
        try
        {
            _mcu.Journal.Save(State(next, cancel));
        }
        catch (JournalException e) when (IsHarmlessUnsaved(next.Phase))
        {
            LogNotSaved(_mcu.Id, e.Message);
            _mcu.Journal.KeepInMemory(State(next, cancel));
        }
        catch (JournalException e)
        {
            LogNotSaved(_mcu.Id, e.Message);
            (happened, next) = Follow(session, FailureMap.From(e, from.Phase), cancel);
            _mcu.Journal.KeepInMemory(State(next, cancel));
        }

        LogTransition(_mcu.Id, from.Phase, next.Phase, happened, next.Attempt);
        if (happened is UpdateEvent.AttemptFailed or UpdateEvent.GaveUp or UpdateEvent.McuAbsent)
        {
            LogFailure(_mcu.Id, from.Service.Workflow.Id, from.Phase, next.LastError, next.LastErrorText ?? "");
        }

        session.Active = next;
        await ReleaseAsync(session);
        Announce(from, next, cancel);
        return happened;
    }

    private (UpdateEvent Happened, ActiveUpdate Next) Follow(UpdateSession session, StepOutcome outcome, UpdateCancellation cancel)
    {
        var gotFurther = session.TakeGotFurther();
        var (happened, active) = outcome.Failure is { } failure
            ? AttemptLimits.Judge(session.Active, failure, gotFurther, _mcu.Options)
            : (outcome.Event, session.Active);
        var phase = UpdateTransitions.Next(active.Phase, happened)
            ?? throw new InvalidOperationException($"{happened} cannot happen in phase {active.Phase}.");
        active = happened == UpdateEvent.CancelOrdered
            ? active with { LastError = FailureReason.Cancelled, LastErrorText = cancel.Text }
            : active;
        return (happened, active with { Phase = phase });
    }

    private JournalState State(ActiveUpdate next, UpdateCancellation cancel) => UpdateTransitions.IsFinal(next.Phase)
        ? _mcu.Journal.State.Finish(Finished(next) with { IsReplaced = IsReplaced(next, cancel) })
        : _mcu.Journal.State with { Active = next };

    private static bool IsReplaced(ActiveUpdate ended, UpdateCancellation cancel) =>
        ended.Phase == UpdatePhase.Cancelled && cancel.Reason == CancelReason.Replaced;

    private FinishedUpdate Finished(ActiveUpdate ended) => new()
    {
        Order = ended.Service.Workflow,
        Outcome = ended.Phase,
        At = _mcu.Time.GetUtcNow(),
        Attempt = ended.Attempt,
        BegunAt = ended.BegunAt,
        FromVersion = ended.FromVersion,
        Reason = ended.Phase == UpdatePhase.Succeeded ? FailureReason.None : ended.LastError,
        Text = ended.Phase == UpdatePhase.Succeeded ? null : ended.LastErrorText,
        Target = ended.Target,
        ResumedAt = ended.ResumedAt,
        Transfer = ended.Transfer,
        Service = ended.Phase == UpdatePhase.Succeeded ? null : ended.Service,
    };

    /// <summary>Phases that change nothing, or that a restart would find by looking. All others are journalled or not entered.</summary>
    private static bool IsHarmlessUnsaved(UpdatePhase phase) =>
        UpdateTransitions.IsFinal(phase)
        || phase is UpdatePhase.Evaluating or UpdatePhase.Confirming or UpdatePhase.WaitingToRetry or UpdatePhase.WaitingForMcu;

    /// <summary>The bus is held from the offer to the confirmation, the image from the download on; all else gives both back.</summary>
    private static async ValueTask ReleaseAsync(UpdateSession session)
    {
        switch (session.Active.Phase)
        {
            case UpdatePhase.WaitingForLine or UpdatePhase.Offering or UpdatePhase.Transferring or UpdatePhase.Verifying
                or UpdatePhase.Activating or UpdatePhase.Confirming:
                break;
            default:
                await session.DisposeAsync();
                break;
        }
    }

    private void Announce(ActiveUpdate from, ActiveUpdate next, UpdateCancellation cancel)
    {
        _mcu.Tracker.Change(s => StatusOf.Active(s, next));
        if (UpdateTransitions.IsFinal(next.Phase))
        {
            if (!IsReplaced(next, cancel))
            {
                LastEnd = next.Service.Workflow;
                _mcu.Observer.OnAgentReport(_mcu.Id, AgentReports.Of(_mcu.Journal.State.Finished[0]));
            }
        }
        else if (next.Phase is UpdatePhase.WaitingToRetry or UpdatePhase.WaitingForMcu
            && (from.LastError, from.LastErrorText) != (next.LastError, next.LastErrorText))
        {
            _mcu.Observer.OnAgentReport(_mcu.Id, AgentReports.InProgress(next, isWaiting: true));
        }
    }

    [LoggerMessage(3210, LogLevel.Information, "{Mcu}: {From} -> {To} ({Event}, attempt {Attempt}).")]
    private partial void LogTransition(McuId mcu, UpdatePhase from, UpdatePhase to, UpdateEvent @event, int attempt);

    [LoggerMessage(3211, LogLevel.Warning, "{Mcu}: deployment {Workflow} failed while {Phase}: {Reason}: {Error}")]
    private partial void LogFailure(McuId mcu, string workflow, UpdatePhase phase, FailureReason reason, string error);

    [LoggerMessage(3212, LogLevel.Error, "{Mcu}: an unexpected error while {Phase}.")]
    private partial void LogUnexpected(Exception error, McuId mcu, UpdatePhase phase);

    [LoggerMessage(3213, LogLevel.Information,
        "{Mcu}: cancelled, but the microcontroller could not be told ({Error}); its session ends by itself.")]
    private partial void LogNotAborted(McuId mcu, string error);

    [LoggerMessage(3214, LogLevel.Error, "{Mcu}: the journal could not be written: {Error}")]
    private partial void LogNotSaved(McuId mcu, string error);
}
