using System.Threading.Channels;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Module.Tests.Fakes;

/// <summary>Makes fake workflows and lets a test wait for the next one that runs.</summary>
internal sealed class FakeWorkflows : IMcuWorkflowFactory
{
    private readonly Channel<FakeWorkflow> _made = Channel.CreateUnbounded<FakeWorkflow>();

    /// <summary>Set to fail while workflows are made.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Changes each workflow before it runs.</summary>
    public Action<FakeWorkflow>? Prepare { get; set; }

    public IMcuWorkflow Create(McuId id, IMcuPort port, IWorkflowObserver observer)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        var workflow = new FakeWorkflow(id, observer);
        Prepare?.Invoke(workflow);
        _made.Writer.TryWrite(workflow);
        return workflow;
    }

    /// <summary>The next workflow, as soon as it runs.</summary>
    public async Task<FakeWorkflow> NextAsync()
    {
        var workflow = await _made.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);
        await workflow.Running.Task.WaitAsync(Patience.Limit);
        return workflow;
    }
}
