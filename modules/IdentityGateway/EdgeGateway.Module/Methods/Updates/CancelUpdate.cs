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
