using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Journal;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>What the loop of one microcontroller says to its twin between the steps of updates; each thing once.</summary>
internal sealed partial class TwinAnswers(McuContext mcu, UpdateRun run)
{
    private readonly ILogger _logger = mcu.Loggers.CreateLogger<TwinAnswers>();
    private ServiceAcknowledgement? _acknowledged;

    /// <summary>An update is under way.</summary>
    public void Announce(ActiveUpdate active)
    {
        mcu.Tracker.Change(s => StatusOf.Active(s, active));
        mcu.Observer.OnAgentReport(mcu.Id, AgentReports.InProgress(active, isWaiting: false));
    }

    /// <summary>
    /// The gateway was killed after it had finished and before the hub had heard of it. Said once a process: within it, what was reported
    /// is kept until the hub has it.
    /// </summary>
    public void RepeatLost(AgentReport report)
    {
        if (run.LastEnd is { } said && said.Id == report.Workflow.Id && said.RetryTimestamp == report.Workflow.RetryTimestamp)
        {
            return;
        }

        run.LastEnd = report.Workflow;
        LogRepeated(mcu.Id, report.Workflow.Id, report.State);
        mcu.Observer.OnAgentReport(mcu.Id, report);
    }

    /// <summary>The order in the twin was read, and is followed or not.</summary>
    public void Acknowledge(DeviceUpdateTwin twin, bool accepted)
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
            LogRejected(mcu.Id, acknowledgement.Text);
        }

        mcu.Observer.OnAcknowledged(mcu.Id, acknowledgement);
    }

    [LoggerMessage(3205, LogLevel.Information, "{Mcu}: the hub has not heard how deployment {Workflow} ended; reporting {State} again.")]
    private partial void LogRepeated(McuId mcu, string workflow, AgentState state);

    [LoggerMessage(3204, LogLevel.Warning, "{Mcu}: the order of the twin is refused: {Errors}")]
    private partial void LogRejected(McuId mcu, string errors);
}
