using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Firmware.Workflow.Commands;
using EdgeGateway.Firmware.Workflow.Orders;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>
/// Follows the twin of one microcontroller in one loop: decides what a twin orders, runs the update, and watches the link while no update is
/// active.
/// </summary>
internal sealed partial class McuWorkflow : IMcuWorkflow
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(30);

    private readonly McuContext _mcu;
    private readonly UpdateRun _run;
    private readonly LinkWatch _watch;
    private readonly ILogger _logger;
    private readonly WorkflowInbox _inbox = new();
    private readonly McuCommands _mcuCommands;
    private readonly TwinAnswers _answers;
    private readonly UpdateStarter _starter;

    private DeviceUpdateTwin? _latest;
    private bool _isConsidered;

    public McuWorkflow(McuContext mcu)
    {
        _mcu = mcu;
        _run = new UpdateRun(mcu);
        _watch = new LinkWatch(mcu);
        _mcuCommands = new McuCommands(mcu);
        _answers = new TwinAnswers(mcu, _run);
        _starter = new UpdateStarter(mcu, _answers);
        _logger = mcu.Loggers.CreateLogger<McuWorkflow>();
    }

    public McuId Id => _mcu.Id;

    public McuStatus Status => _mcu.Tracker.Status;

    public void SetTwin(DeviceUpdateTwin twin)
    {
        ArgumentNullException.ThrowIfNull(twin);
        _inbox.Put(twin);
    }

    public IReadOnlyList<FinishedUpdate> History => _mcu.Journal.State.Finished;

    public Task<CommandResult> CancelAsync(CancellationToken cancellationToken) => _inbox.AskAsync(CommandKind.Cancel, cancellationToken);

    public Task<CommandResult> RetryAsync(CancellationToken cancellationToken) => _inbox.AskAsync(CommandKind.Retry, cancellationToken);

    public Task<CommandResult> RebootAsync(CancellationToken cancellationToken) => _mcuCommands.RebootAsync(cancellationToken);

    public Task<CommandResult> IndicateAsync(TimeSpan time, CancellationToken cancellationToken) =>
        _mcuCommands.IndicateAsync(time, cancellationToken);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var isLoaded = false;
        while (true)
        {
            try
            {
                if (!isLoaded)
                {
                    _starter.Resume();
                    isLoaded = true;
                }

                if (_mcu.Journal.State.Active is { } active)
                {
                    await ConductAsync(active, cancellationToken);
                    _isConsidered = false;
                }
                else if (_inbox.TryTakeCommand(out var command))
                {
                    Consider(command);
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
                // an error of one microcontroller must end neither the gateway nor this workflow: it continues as after a restart
                LogUnexpected(e, Id);
                isLoaded = isLoaded && _mcu.Journal.State.Active is null;
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

    /// <summary>Runs an update to its end. Twins and commands that arrive meanwhile may cancel or replace it.</summary>
    private async Task ConductAsync(ActiveUpdate active, CancellationToken stop)
    {
        using var cancel = new UpdateCancellation();
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

    private async Task ListenAsync(UpdateCancellation cancel, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await _inbox.WaitAsync(ended);
                if (_inbox.TryTakeCommand(out var command))
                {
                    ConsiderWhileBusy(command, cancel);
                }
                else if (_inbox.TryTakeTwin(out var twin))
                {
                    _latest = twin;
                    switch (OrderDecider.Decide(_mcu.Journal.State, twin).Kind)
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

    /// <summary>Answers a command while an update is active.</summary>
    private void ConsiderWhileBusy(LocalCommand command, UpdateCancellation cancel)
    {
        var (result, isCancelled) = CommandDecider.DecideWhileActive(_mcu.Journal.State, command.Kind);
        if (isCancelled)
        {
            LogCancelledLocally(Id, result.WorkflowId!);
        }

        command.Answer(result);
        if (isCancelled)
        {
            cancel.Give(CancelReason.Local);
        }
    }

    /// <summary>Watches the link until a twin or a command arrives.</summary>
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
            // a twin arrived: the check of the link is no longer needed
        }

        stop.ThrowIfCancellationRequested();
        if (_inbox.TryTakeTwin(out var twin))
        {
            (_latest, _isConsidered) = (twin, false);
        }
    }

    /// <summary>Answers a command while no update is active.</summary>
    private void Consider(LocalCommand command)
    {
        if (command.Kind == CommandKind.Cancel)
        {
            command.Answer(new CommandResult(CommandOutcome.NothingToDo, "no update is under way"));
            return;
        }

        var (service, result) = CommandDecider.DecideRetry(_mcu.Journal.State, _latest);
        command.Answer(service is null ? result : _starter.StartByCommand(service, result));
    }

    /// <summary>Follows the latest twin while no update is active.</summary>
    private void Consider(DeviceUpdateTwin twin)
    {
        var decision = OrderDecider.Decide(_mcu.Journal.State, twin);
        switch (decision.Kind)
        {
            case OrderKind.Start:
                _answers.Acknowledge(twin, twin.Service!.Errors.Count == 0);
                _starter.Start(twin.Service);
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

    [LoggerMessage(3202, LogLevel.Information, "{Mcu}: the twin orders to cancel.")]
    private partial void LogCancelOrdered(McuId mcu);

    [LoggerMessage(3203, LogLevel.Information, "{Mcu}: deployment {Workflow} replaces the one under way.")]
    private partial void LogReplaced(McuId mcu, string workflow);

    [LoggerMessage(3207, LogLevel.Error, "{Mcu}: an unexpected error in its workflow; it goes on in a while.")]
    private partial void LogUnexpected(Exception error, McuId mcu);

    [LoggerMessage(3208, LogLevel.Information, "{Mcu}: deployment {Workflow} is cancelled by a direct method.")]
    private partial void LogCancelledLocally(McuId mcu, string workflow);

}
