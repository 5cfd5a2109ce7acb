using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;

namespace EdgeGateway.Module.Methods.Pausing;

/// <summary>Lets new updates wait, over restarts too. What is under way goes on.</summary>
internal sealed class PauseUpdates(McuFleet fleet, UpdatePause pause) : DirectMethod<PauseArguments>("PauseUpdates")
{
    protected override PauseArguments Read(MethodArguments arguments) => PauseArguments.Read(arguments);

    protected override ValueTask<MethodResponse> RunAsync(PauseArguments arguments, CancellationToken cancellationToken) =>
        ValueTask.FromResult(PauseArguments.Answer(pause.Pause(arguments.Checked(fleet)), pause.BySettings));
}
