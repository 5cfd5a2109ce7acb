using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;

namespace EdgeGateway.Module.Methods.Updates;

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
