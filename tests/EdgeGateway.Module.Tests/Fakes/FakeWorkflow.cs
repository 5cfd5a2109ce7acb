using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial;

namespace EdgeGateway.Module.Tests.Fakes;

/// <summary>A workflow that does what a test says.</summary>
internal sealed class FakeWorkflow(McuId id, IWorkflowObserver observer) : IMcuWorkflow
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public McuId Id => id;

    public IWorkflowObserver Observer => observer;

    public McuStatus Status => new() { Id = id };

    public List<DeviceUpdateTwin> Twins { get; } = [];

    /// <summary>Completes when it runs.</summary>
    public TaskCompletionSource Running { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True where it does not stop when asked to.</summary>
    public bool IsStubborn { get; set; }

    public void SetTwin(DeviceUpdateTwin twin) => Twins.Add(twin);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Running.TrySetResult();
        await _end.Task.WaitAsync(IsStubborn ? CancellationToken.None : cancellationToken);
    }

    public void Crash(string message) => _end.TrySetException(new InvalidOperationException(message));

    public void End() => _end.TrySetResult();
}
