using System.Collections.Concurrent;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Module.Tests.Fakes;

/// <summary>Makes fake connections and keeps them by the name of their identity.</summary>
internal sealed class FakeConnections : IDeviceConnectionFactory
{
    private readonly ConcurrentDictionary<string, FakeConnection> _all = new();

    public FakeConnection this[string identity] => _all[identity];

    public ICollection<FakeConnection> All => _all.Values;

    /// <summary>Set to fail while connections are made.</summary>
    public Exception? Failure { get; set; }

    public IDeviceConnection Create(DeviceIdentity identity) => Failure is not null ? throw Failure : _all[identity.ToString()] = new FakeConnection(identity);
}
