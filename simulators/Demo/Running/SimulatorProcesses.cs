using System.Globalization;
using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;
using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>Starts what stands around the gateways: hub, origin and microcontrollers.</summary>
/// <param name="options">What is asked.</param>
/// <param name="folder">Files of the run.</param>
/// <param name="executables">The programs.</param>
/// <param name="processes">Where they run.</param>
public sealed class SimulatorProcesses(DemoOptions options, RunFolder folder, Executables executables, ProcessGroup processes)
{
    /// <summary>Project of the hub, and of the edgeHubs.</summary>
    public const string Hub = "EdgeGateway.Simulators.IotHub";

    /// <summary>Longest wait for one to be ready.</summary>
    public static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    public async Task<HubEndpoint> StartHubAsync(CancellationToken cancellation)
    {
        var hub = await processes.StartAsync(new ProcessSpec("hub", executables.Find(Hub),
            ["--address", "127.0.0.1", "--mqtt-port", "0", "--https-port", "0", "--data", folder.Folder("hub")]));
        return HubEndpoint.FromReady(await hub.ReadyAsync(ReadyLimit, cancellation));
    }

    /// <returns>Its address.</returns>
    public async Task<Uri> StartOriginAsync(CancellationToken cancellation)
    {
        var origin = await processes.StartAsync(new ProcessSpec("origin", executables.Find("EdgeGateway.Simulators.Origin"),
            ["--address", "127.0.0.1", "--port", "0", "--uploads", "--root", folder.Folder("origin")]));
        var ready = await origin.ReadyAsync(ReadyLimit, cancellation);
        return new Uri(ready.GetProperty("url").GetString()!);
    }

    public async Task<IReadOnlyList<SimulatedLine>> StartMcusAsync(CancellationToken cancellation)
    {
        var mcus = await processes.StartAsync(new ProcessSpec("mcus", executables.Find("EdgeGateway.Simulators.Mcu"),
        [
            "--mcus", Text(options.Mcus), "--bus", Text(options.McusPerBus), "--baud", Text(options.Baud),
            "--latency", Text(options.LatencyMilliseconds), "--noise", Text(options.Noise), "--seed", Text(options.Seed),
            "--state", folder.Folder("mcus"), "--links", folder.Folder("links"),
        ]));
        return SimulatedLine.FromReady(await mcus.ReadyAsync(ReadyLimit, cancellation));
    }

    /// <summary>The gateway, with its identity by the convention of local development.</summary>
    public ProcessSpec GatewaySpec(string name, string settingsFile, string connectionString) =>
        new(name, executables.Find("EdgeGateway.Module"), ["--settings", settingsFile])
        {
            Environment = new Dictionary<string, string> { ["EdgeHubConnectionString"] = connectionString },
        };

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
