using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Module.Methods.Mcus;

/// <summary>Restarts the microcontroller, unless an update is being brought to it.</summary>
internal sealed class Reboot(McuOperations operations) : DirectMethod<NoArguments>("reboot")
{
    protected override NoArguments Read(MethodArguments arguments) => default;

    protected override ValueTask<MethodResponse> RunAsync(NoArguments arguments, CancellationToken cancellationToken) =>
        operations.RunAsync(Name, (workflow, ct) => workflow.RebootAsync(ct), cancellationToken);
}
