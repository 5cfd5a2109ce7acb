using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Dynamic;
using EdgeGateway.Module.Methods;
using EdgeGateway.Module.Prefetch;

namespace EdgeGateway.Module.Twins;

/// <summary>Receives what the hub sends to the module itself: settings that can be changed while the gateway runs, and content to fetch ahead.</summary>
internal sealed class ModuleTwinHandler(DynamicSettings settings, PrefetchTwin prefetch, MethodTable methods, ModuleReports reports) : IDeviceHandler
{
    /// <summary>State of the module's connection; null until it said something.</summary>
    public ConnectionStatus? Connection { get; private set; }

    public ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken)
    {
        // an edgeHub that never saw the twin answers an empty one without version: nothing is known, so nothing changes
        if (twin.DesiredVersion is { } version)
        {
            reports.OnSettings(settings.Apply(DesiredSettings.Read(twin.Desired), version));
            prefetch.Apply(twin.Desired);
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
}
