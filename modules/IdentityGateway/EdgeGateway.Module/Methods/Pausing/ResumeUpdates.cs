using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;

namespace EdgeGateway.Module.Methods.Pausing;

/// <summary>Lets updates that wait begin. What the settings hold, only they let go.</summary>
internal sealed class ResumeUpdates(McuFleet fleet, UpdatePause pause) : DirectMethod<PauseArguments>("ResumeUpdates")
{
    protected override PauseArguments Read(MethodArguments arguments) => PauseArguments.Read(arguments);

    protected override ValueTask<MethodResponse> RunAsync(PauseArguments arguments, CancellationToken cancellationToken)
    {
        var ids = arguments.Checked(fleet);
        return pause.BySettings
            ? throw new MethodException(
                MethodAnswer.WrongState, "The setting Module:Paused holds all updates; change it in the module twin or the settings file.")
            : ValueTask.FromResult(PauseArguments.Answer(pause.Resume(ids), pause.BySettings));
    }
}
