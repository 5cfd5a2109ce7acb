using System.Text.Json.Nodes;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Commands;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;

namespace EdgeGateway.Module.Methods.Updates;

/// <summary>Stops the update of one microcontroller, past its twin.</summary>
internal sealed class CancelUpdate(McuFleet fleet) : DirectMethod<string>("CancelUpdate")
{
    protected override string Read(MethodArguments arguments) => arguments.Text("id", required: true) ?? "";

    protected override ValueTask<MethodResponse> RunAsync(string arguments, CancellationToken cancellationToken) =>
        UpdateOrder.GiveAsync(McuLookup.Find(fleet, arguments), (workflow, ct) => workflow.CancelAsync(ct), cancellationToken);
}

/// <summary>Runs the last deployment of one microcontroller again, which failed or was cancelled, past its twin.</summary>
internal sealed class RetryUpdate(McuFleet fleet) : DirectMethod<string>("RetryUpdate")
{
    protected override string Read(MethodArguments arguments) => arguments.Text("id", required: true) ?? "";

    protected override ValueTask<MethodResponse> RunAsync(string arguments, CancellationToken cancellationToken)
    {
        var unit = McuLookup.Find(fleet, arguments);
        return unit.IsPaused
            ? throw new MethodException(
                MethodAnswer.WrongState, $"Updates of '{unit.Id}' are paused.", new JsonObject { ["id"] = unit.Id.Value, ["workflowId"] = null })
            : UpdateOrder.GiveAsync(unit, (workflow, ct) => workflow.RetryAsync(ct), cancellationToken);
    }
}

/// <summary>Gives an order to the workflow of one microcontroller and tells how it was taken.</summary>
internal static class UpdateOrder
{
    /// <exception cref="MethodException">It was refused.</exception>
    public static async ValueTask<MethodResponse> GiveAsync(
        McuUnit unit, Func<IMcuWorkflow, CancellationToken, Task<CommandResult>> order, CancellationToken cancellationToken)
    {
        var workflow = unit.Workflow ?? throw new MethodException(MethodAnswer.NotNow, "The gateway is just starting; try again.");
        var verdict = await order(workflow, cancellationToken);
        var body = new JsonObject { ["id"] = unit.Id.Value, ["workflowId"] = verdict.WorkflowId };
        switch (verdict.Outcome)
        {
            case CommandOutcome.Accepted:
                body["message"] = verdict.Text;
                return new MethodResponse(MethodAnswer.Started, body);
            case CommandOutcome.Failed:
                throw new MethodException(MethodAnswer.Failed, verdict.Text, body);
            default:
                throw new MethodException(MethodAnswer.WrongState, verdict.Text, body);
        }
    }
}
