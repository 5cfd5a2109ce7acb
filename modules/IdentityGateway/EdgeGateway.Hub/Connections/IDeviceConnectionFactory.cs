namespace EdgeGateway.Hub.Connections;

/// <summary>Makes connections; an adapter on another device client can stand here.</summary>
public interface IDeviceConnectionFactory
{
    /// <summary>Makes a connection that is not started yet.</summary>
    IDeviceConnection Create(DeviceIdentity identity, IDeviceHandler handler);
}
