using EdgeGateway.Simulators.IotHub.Edge;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Security;
using EdgeGateway.Simulators.IotHub.Sessions;

namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>Holds the state of the hub, which its protocols share.</summary>
public sealed class HubState
{
    /// <param name="hostName">Name of the hub in tokens.</param>
    /// <param name="owner">The policy whose tokens the service API accepts.</param>
    /// <param name="telemetryCapacity">Largest number of stored telemetry messages.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isEdgeHub">True where twins are copies of the twins of another hub.</param>
    /// <param name="maxClients">Largest number of connected clients; null for any number.</param>
    public HubState(
        string hostName, OwnerPolicy owner, int telemetryCapacity, TimeProvider time, bool isEdgeHub = false, int? maxClients = null)
    {
        Sessions = new SessionTable { Limit = maxClients };
        HostName = hostName;
        Owner = owner;
        Time = time;
        Registry = new IdentityRegistry(time, isEdgeHub);
        Telemetry = new TelemetryLog(telemetryCapacity);
        Backend = new HubBackend(hostName, Telemetry);
        Methods = new MethodInvoker(Registry, Sessions, time);
        Registry.Revoked += name => Sessions.Drop(name, SessionEnd.Revoked);
        Switches.WentOffline += () => Sessions.DropAll(SessionEnd.HubOffline);
    }

    /// <summary>Name of the hub in tokens.</summary>
    public string HostName { get; }

    public OwnerPolicy Owner { get; }

    public TimeProvider Time { get; }

    public IdentityRegistry Registry { get; }

    public SessionTable Sessions { get; }

    public TelemetryLog Telemetry { get; }

    public MethodInvoker Methods { get; }

    public HubSwitches Switches { get; } = new();

    /// <summary>Gets the edge hub; null for a hub.</summary>
    public EdgeHub? EdgeHub { get; internal set; }

    /// <summary>Gets or sets what serves the sessions.</summary>
    internal IClientBackend Backend { get; set; }
}
