using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Module.Methods.Mcus;

/// <summary>Lets the microcontroller make itself noticed for whoever stands before it.</summary>
internal sealed class Identify(McuOperations operations) : DirectMethod<int>("identify")
{
    public const int DefaultSeconds = 10;
    public const int MaxSeconds = 3600;

    protected override int Read(MethodArguments arguments) => arguments.Integer("seconds", 0, MaxSeconds) ?? DefaultSeconds;

    protected override ValueTask<MethodResponse> RunAsync(int arguments, CancellationToken cancellationToken) =>
        operations.RunAsync(Name, (workflow, ct) => workflow.IndicateAsync(TimeSpan.FromSeconds(arguments), ct), cancellationToken);
}
