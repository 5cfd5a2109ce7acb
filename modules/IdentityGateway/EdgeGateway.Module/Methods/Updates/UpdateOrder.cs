using System.Text.Json.Nodes;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Local;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;

namespace EdgeGateway.Module.Methods.Updates;

/// <summary>Gives an order to the workflow of one microcontroller and tells how it was taken.</summary>
internal static class UpdateOrder
{
    /// <exception cref="MethodException">It was refused.</exception>
    public static async ValueTask<MethodResponse> GiveAsync(
        McuUnit unit, Func<IMcuWorkflow, CancellationToken, Task<LocalVerdict>> order, CancellationToken cancellationToken)
    {
        var workflow = unit.Workflow ?? throw new MethodException(MethodAnswer.NotNow, "The gateway is just starting; try again.");
        var verdict = await order(workflow, cancellationToken);
        var body = new JsonObject { ["id"] = unit.Id.Value, ["workflowId"] = verdict.WorkflowId };
        switch (verdict.Outcome)
        {
            case LocalOutcome.Accepted:
                body["message"] = verdict.Text;
                return new MethodResponse(MethodAnswer.Started, body);
            case LocalOutcome.Failed:
                throw new MethodException(MethodAnswer.Failed, verdict.Text, body);
            default:
                throw new MethodException(MethodAnswer.WrongState, verdict.Text, body);
        }
    }
}
