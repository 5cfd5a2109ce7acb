using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Commands;
using EdgeGateway.Firmware.Workflow.Journal;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>Starts updates and resumes them after a restart: writes the journal and announces the update.</summary>
internal sealed partial class UpdateStarter(McuContext mcu, TwinAnswers answers)
{
    private readonly ILogger _logger = mcu.Loggers.CreateLogger<UpdateStarter>();

    /// <summary>Loads the journal and continues the update that was active when the gateway ended.</summary>
    public void Resume()
    {
        mcu.Journal.Load();
        var state = mcu.Journal.State;
        if (state.Active is { } active)
        {
            var phase = UpdateTransitions.Next(active.Phase, UpdateEvent.GatewayRestarted)!.Value;
            LogResumed(mcu.Id, active.Service.Workflow.Id, active.Phase, phase);
            var resumed = active with { Phase = phase };
            mcu.Journal.KeepInMemory(state with { Active = resumed });
            answers.Announce(resumed);
        }
        else if (state.Finished is [var last, ..])
        {
            mcu.Tracker.Change(s => StatusOf.Finished(s, last));
            if (!last.IsReplaced)
            {
                // the gateway may have been killed between the journal and the report; a report that is known already is not sent twice
                mcu.Observer.OnAgentReport(mcu.Id, AgentReports.Of(last));
            }
        }
    }

    /// <summary>Starts the deployment that the twin orders.</summary>
    public void Start(DesiredService service)
    {
        var active = NewUpdate(service);
        var state = mcu.Journal.State with { Active = active };
        try
        {
            mcu.Journal.Save(state);
        }
        catch (JournalException e)
        {
            // evaluation changes nothing; later phases need the journal
            LogNotSaved(mcu.Id, e.Message);
            mcu.Journal.KeepInMemory(state);
        }

        LogBegun(mcu.Id, service.Workflow.Id, service.Workflow.RetryTimestamp ?? "none");
        answers.Announce(active);
    }

    /// <summary>Starts the last deployment again because a command asks for it.</summary>
    /// <returns>The answer to the command; a failure where the journal cannot be written.</returns>
    public CommandResult StartByCommand(DesiredService service, CommandResult accepted)
    {
        var active = NewUpdate(service);
        try
        {
            mcu.Journal.Save(mcu.Journal.State with { Active = active });
        }
        catch (JournalException e)
        {
            // no twin would order it again after a restart: a command that cannot be kept is refused
            LogNotSaved(mcu.Id, e.Message);
            return new CommandResult(CommandOutcome.Failed, e.Message, service.Workflow.Id);
        }

        LogBegunLocally(mcu.Id, service.Workflow.Id);
        answers.Announce(active);
        return accepted;
    }

    private ActiveUpdate NewUpdate(DesiredService service) => new()
    {
        Service = service,
        Phase = UpdateTransitions.Next(UpdatePhase.Idle, UpdateEvent.Ordered)!.Value,
        BegunAt = mcu.Time.GetUtcNow(),
        FromVersion = mcu.Tracker.Status.RunningVersion,
    };

    [LoggerMessage(3200, LogLevel.Information, "{Mcu}: deployment {Workflow} begins (retry token {RetryToken}).")]
    private partial void LogBegun(McuId mcu, string workflow, string retryToken);

    [LoggerMessage(3201, LogLevel.Information, "{Mcu}: deployment {Workflow} was left in {Was}; goes on with {Phase}.")]
    private partial void LogResumed(McuId mcu, string workflow, UpdatePhase was, UpdatePhase phase);

    [LoggerMessage(3206, LogLevel.Error, "{Mcu}: the journal could not be written: {Error}")]
    private partial void LogNotSaved(McuId mcu, string error);

    [LoggerMessage(3209, LogLevel.Information, "{Mcu}: deployment {Workflow} begins again by a direct method.")]
    private partial void LogBegunLocally(McuId mcu, string workflow);
}
