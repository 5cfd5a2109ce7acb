using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Tests.Workflow.Support;

/// <summary>Keeps what a workflow had to say.</summary>
internal sealed class RecordingObserver : IWorkflowObserver
{
    public List<McuStatus> Statuses { get; } = [];

    public List<AgentReport> Reports { get; } = [];

    public List<ServiceAcknowledgement> Acknowledgements { get; } = [];

    public List<McuFacts> Facts { get; } = [];

    /// <summary>The phases passed through, without repeats.</summary>
    public IEnumerable<UpdatePhase> Phases =>
        Statuses.Select(s => s.Phase).Aggregate(new List<UpdatePhase>(), (list, phase) =>
        {
            if (list.Count == 0 || list[^1] != phase)
            {
                list.Add(phase);
            }

            return list;
        });

    /// <summary>Reports of an end.</summary>
    public IEnumerable<AgentReport> Ends => Reports.Where(r => r.State != AgentState.DeploymentInProgress);

    public void OnStatus(McuStatus status) => Statuses.Add(status);

    public void OnAgentReport(McuId id, AgentReport report) => Reports.Add(report);

    public void OnAcknowledged(McuId id, ServiceAcknowledgement acknowledgement) => Acknowledgements.Add(acknowledgement);

    public void OnFacts(McuId id, McuFacts facts) => Facts.Add(facts);
}
