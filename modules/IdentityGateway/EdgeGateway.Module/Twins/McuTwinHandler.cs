using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Methods;

namespace EdgeGateway.Module.Twins;

/// <summary>Receives what the hub sends to one microcontroller and hands its twin to the workflow.</summary>
/// <remarks>While the gateway is paused new orders are held back; a cancellation is not.</remarks>
internal sealed class McuTwinHandler(MethodTable methods, McuReports reports) : IDeviceHandler
{
    private readonly Lock _lock = new();
    private IMcuWorkflow? _workflow;
    private DeviceUpdateTwin? _twin;
    private bool _paused;

    /// <summary>True where new orders are held back.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_lock)
            {
                return _paused;
            }
        }
    }

    /// <summary>State of the connection; null until it said something.</summary>
    public ConnectionStatus? Connection { get; private set; }

    /// <summary>Hands the twin to a new workflow from now on, the latest one at once.</summary>
    public void Use(IMcuWorkflow workflow)
    {
        lock (_lock)
        {
            _workflow = workflow;
            Deliver();
        }
    }

    /// <summary>Holds new orders back, or lets them through.</summary>
    public void Pause(bool paused)
    {
        lock (_lock)
        {
            if (_paused == paused)
            {
                return;
            }

            _paused = paused;
            Deliver();
        }

        reports.OnPaused(paused);
    }

    public ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken)
    {
        if (!twin.IsRemembered)
        {
            reports.OnTwin(twin.Reported);
        }

        lock (_lock)
        {
            _twin = DeviceUpdateTwin.Read(twin.Desired, twin.DesiredVersion, twin.IsRemembered ? null : twin.Reported);
            Deliver();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken) =>
        methods.AnswerAsync(request, cancellationToken);

    public ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken)
    {
        Connection = status;
        return ValueTask.CompletedTask;
    }

    private void Deliver()
    {
        if (_twin is not null && (!_paused || _twin.Service?.Workflow.Action == WorkflowAction.Cancel))
        {
            _workflow?.SetTwin(_twin);
        }
    }
}
