using System.Threading.Channels;
using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Firmware.Workflow.Orders;
using EdgeGateway.Serial;
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
    private readonly Channel<DeviceUpdateTwin> _inbox = Channel.CreateBounded<DeviceUpdateTwin>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private DeviceUpdateTwin? _latest;
    private bool _isConsidered;
    private ServiceAcknowledgement? _acknowledged;

    public McuWorkflow(McuContext mcu)
    {
        _mcu = mcu;
        _run = new UpdateRun(mcu);
        _watch = new LinkWatch(mcu);
        _logger = mcu.Loggers.CreateLogger<McuWorkflow>();
    }

    public McuId Id => _mcu.Id;

    public McuStatus Status => _mcu.Board.Status;

    public void SetTwin(DeviceUpdateTwin twin)
    {
        ArgumentNullException.ThrowIfNull(twin);
        _inbox.Writer.TryWrite(twin);
    }

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
            _mcu.Board.Change(s => StatusOf.Active(s, resumed));
            _mcu.Observer.OnAgentReport(Id, AgentReports.InProgress(resumed, isWaiting: false));
        }
        else if (state.Finished is [var last, ..])
        {
            _mcu.Board.Change(s => StatusOf.Finished(s, last));
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
            while (await _inbox.Reader.WaitToReadAsync(ended))
            {
                if (_inbox.Reader.TryRead(out var twin))
                {
                    _latest = twin;
                    switch (OrderDecider.Decide(_mcu.Memory.State, twin).Kind)
                    {
                        case OrderKind.Cancel:
                            LogCancelOrdered(Id);
                            Acknowledge(twin, accepted: true);
                            cancel.Give(isReplacement: false);
                            break;
                        case OrderKind.Start:
                            LogReplaced(Id, twin.Service!.Workflow.Id);
                            cancel.Give(isReplacement: true);
                            break;
                        case OrderKind.Reject:
                            Acknowledge(twin, accepted: false);
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

    /// <summary>Watches the link until a twin arrives.</summary>
    private async Task WatchAsync(CancellationToken stop)
    {
        using var arrived = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = _watch.RunAsync(arrived.Token);
        await Task.WhenAny(watching, ArrivalAsync(arrived.Token));
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
        if (_inbox.Reader.TryRead(out var twin))
        {
            (_latest, _isConsidered) = (twin, false);
        }
    }

    private async Task ArrivalAsync(CancellationToken cancellationToken) => await _inbox.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Decides what the latest twin means now that nothing is under way.</summary>
    private void Consider(DeviceUpdateTwin twin)
    {
        var decision = OrderDecider.Decide(_mcu.Memory.State, twin);
        switch (decision.Kind)
        {
            case OrderKind.Start:
                Acknowledge(twin, twin.Service!.Errors.Count == 0);
                Begin(twin.Service);
                break;
            case OrderKind.Duplicate when twin.Reported is { } reported && !AgentReports.IsKnown(decision.Finished!, reported):
                RepeatLostReport(AgentReports.Of(decision.Finished!));
                break;
            case OrderKind.Ignore when twin is { Service.Workflow.Action: WorkflowAction.Cancel, Reported: { } reported }
                && reported is { State: (int)AgentState.DeploymentInProgress, WorkflowId: { } id }:
                RepeatLostReport(AgentReports.Cancelled(new WorkflowOrder(WorkflowAction.ProcessDeployment, id, reported.RetryTimestamp)));
                break;
            case OrderKind.Reject:
                Acknowledge(twin, accepted: false);
                break;
        }
    }

    private void Begin(DesiredService service)
    {
        var active = new ActiveUpdate { Service = service, Phase = UpdateTransitions.Next(UpdatePhase.Idle, UpdateEvent.Ordered)!.Value };
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
        _mcu.Board.Change(s => StatusOf.Active(s, active));
        _mcu.Observer.OnAgentReport(Id, AgentReports.InProgress(active, isWaiting: false));
    }

    /// <summary>
    /// The gateway was killed after it had finished and before the hub had heard of it. Said once a process: within it, what was reported
    /// is kept
    /// until the hub has it.
    /// </summary>
    private void RepeatLostReport(AgentReport report)
    {
        if (_run.LastEnd is { } said && said.Id == report.Workflow.Id && said.RetryTimestamp == report.Workflow.RetryTimestamp)
        {
            return;
        }

        _run.LastEnd = report.Workflow;
        LogRepeated(Id, report.Workflow.Id, report.State);
        _mcu.Observer.OnAgentReport(Id, report);
    }

    private void Acknowledge(DeviceUpdateTwin twin, bool accepted)
    {
        var errors = twin.Service?.Errors ?? twin.Errors;
        var acknowledgement = new ServiceAcknowledgement(accepted, string.Join("; ", errors), twin.Version);
        if (acknowledgement == _acknowledged)
        {
            return;
        }

        _acknowledged = acknowledgement;
        if (!accepted)
        {
            LogRejected(Id, acknowledgement.Text);
        }

        _mcu.Observer.OnAcknowledged(Id, acknowledgement);
    }
}
