using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Security;
using EdgeGateway.Simulators.IotHub.Sessions;

namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>Everything the hub knows, shared by its protocols.</summary>
public sealed class HubState
{
    public HubState(string hostName, OwnerPolicy owner, int telemetryCapacity, TimeProvider time)
    {
        HostName = hostName;
        Owner = owner;
        Time = time;
        Registry = new IdentityRegistry(time);
        Telemetry = new TelemetryLog(telemetryCapacity);
        Methods = new MethodInvoker(Registry, Sessions, time);
        Registry.Revoked += name => Sessions.Drop(name, SessionEnd.Revoked);
        Switches.WentOffline += () => Sessions.DropAll(SessionEnd.HubOffline);
    }

    /// <summary>Name of the hub in tokens.</summary>
    public string HostName { get; }

    public OwnerPolicy Owner { get; }

    public TimeProvider Time { get; }

    public IdentityRegistry Registry { get; }

    public SessionTable Sessions { get; } = new();

    public TelemetryLog Telemetry { get; }

    public MethodInvoker Methods { get; }

    public HubSwitches Switches { get; } = new();
}
