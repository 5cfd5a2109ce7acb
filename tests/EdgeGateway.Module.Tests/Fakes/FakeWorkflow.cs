using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Firmware.Workflow.Commands;
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

    public List<FinishedUpdate> Finished { get; } = [];

    public IReadOnlyList<FinishedUpdate> History => Finished;

    /// <summary>Answers each order; named Cancel, Retry, Reboot or Indicate and its seconds.</summary>
    public Func<string, CancellationToken, Task<CommandResult>> OnOrder { get; set; } =
        (order, _) => Task.FromResult(new CommandResult(CommandOutcome.Accepted, order, "w-1"));

    /// <summary>The orders that came.</summary>
    public List<string> Orders { get; } = [];

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

    public Task<CommandResult> CancelAsync(CancellationToken cancellationToken) => OrderAsync("Cancel", cancellationToken);

    public Task<CommandResult> RetryAsync(CancellationToken cancellationToken) => OrderAsync("Retry", cancellationToken);

    public Task<CommandResult> RebootAsync(CancellationToken cancellationToken) => OrderAsync("Reboot", cancellationToken);

    public Task<CommandResult> IndicateAsync(TimeSpan time, CancellationToken cancellationToken) =>
        OrderAsync($"Indicate {time.TotalSeconds}", cancellationToken);

    private Task<CommandResult> OrderAsync(string order, CancellationToken cancellationToken)
    {
        Orders.Add(order);
        return OnOrder(order, cancellationToken);
    }

    public void Crash(string message) => _end.TrySetException(new InvalidOperationException(message));

    public void End() => _end.TrySetResult();
}
