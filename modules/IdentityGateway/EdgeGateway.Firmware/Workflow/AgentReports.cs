using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Journal;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>Makes the reports of an update for the service (contract 1.3 and 1.8).</summary>
internal static class AgentReports
{
    public static AgentReport InProgress(ActiveUpdate active, bool isWaiting) => new()
    {
        State = AgentState.DeploymentInProgress,
        Workflow = active.Service.Workflow,
        ResultCode = ResultCodes.InProgress,
        ExtendedResultCode = ExtendedResultCode.OfGateway(isWaiting ? (int)active.LastError : 0),
        ResultDetails = isWaiting ? active.LastErrorText : null,
    };

    /// <summary>The end of an update.</summary>
    public static AgentReport Of(FinishedUpdate finished) => Plain(finished) with { EndedAt = finished.At };

    /// <summary>The same for an end that the hub has lost.</summary>
    public static AgentReport Again(FinishedUpdate finished) => Plain(finished);

    public static AgentReport Cancelled(WorkflowOrder order, string? text = null) => new()
    {
        State = AgentState.Idle,
        Workflow = order,
        ResultCode = ResultCodes.Cancelled,
        ExtendedResultCode = ExtendedResultCode.OfGateway((int)FailureReason.Cancelled),
        ResultDetails = text ?? "cancelled on order",
    };

    /// <summary>True where the hub has this end of the update already.</summary>
    public static bool IsKnown(FinishedUpdate finished, ReportedAgent reported)
    {
        var report = Of(finished);
        return reported.State == (int)report.State
            && reported.WorkflowId == finished.Order.Id
            && reported.RetryTimestamp == finished.Order.RetryTimestamp
            && (report.Installed is null || reported.InstalledUpdateId == report.Installed.ToJson());
    }

    private static AgentReport Plain(FinishedUpdate finished) => finished.Outcome switch
    {
        UpdatePhase.Succeeded => new AgentReport
        {
            State = AgentState.Idle,
            Workflow = finished.Order,
            ResultCode = ResultCodes.Applied,
            Installed = finished.Target?.UpdateId,
        },
        UpdatePhase.Failed => new AgentReport
        {
            State = AgentState.Failed,
            Workflow = finished.Order,
            ResultCode = ResultCodes.Failure,
            ExtendedResultCode = ExtendedResultCode.OfGateway((int)finished.Reason),
            ResultDetails = $"{finished.Reason}: {finished.Text}",
        },
        _ => Cancelled(finished.Order, finished.Text),
    };
}
