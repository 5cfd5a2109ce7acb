using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;
using EdgeGateway.Simulators.Demo.Layers;
using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>Everything that a run needs: hub, origin, microcontrollers and gateway, however they are started. Disposing it ends what it started.</summary>
public interface ISite : IAsyncDisposable
{
    /// <summary>What was asked for; after <see cref="StartAsync"/>, where something runs already, what is there.</summary>
    DemoOptions Options { get; }

    /// <summary>The operator's way to the hub; after <see cref="StartAsync"/>.</summary>
    HubServiceClient Hub { get; }

    /// <summary>Where images are served; after <see cref="StartAsync"/>.</summary>
    OriginClient Origin { get; }

    /// <summary>What the microcontrollers really run; after <see cref="StartAsync"/>.</summary>
    IMcuTruths Truths { get; }

    /// <summary>Ids of the fleet, in order; after <see cref="StartAsync"/>.</summary>
    IReadOnlyList<string> McuIds { get; }

    /// <summary>What came down the links between layers of gateways so far; nothing where there are none.</summary>
    IReadOnlyList<LinkTraffic> Links => [];

    /// <summary>Fails as soon as something ends that should run.</summary>
    Task Broken { get; }

    /// <summary>One line about what is started.</summary>
    string Describe();

    /// <summary>Starts everything, up to a gateway that has its identities.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>What the gateway has used since its start; after <see cref="StartAsync"/>.</summary>
    Task<ProcessUsage> GatewayUsageAsync(CancellationToken cancellation);

    /// <summary>kill -9 of the gateway.</summary>
    Task KillGatewayAsync();

    /// <summary>Starts the gateway again, on the same data.</summary>
    Task RestartGatewayAsync();
}
