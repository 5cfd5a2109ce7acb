using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Twins;

namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>Everything the hub keeps for one device or module.</summary>
/// <remarks>Thread-safe: each part guards itself.</remarks>
public sealed class HubIdentity(IdentityName name, IdentityRecord record, Twin twin, TimeProvider time)
{
    private volatile IdentityRecord _record = record;
    private volatile bool _subscriptionKept;

    public IdentityName Name { get; } = name;

    public Twin Twin { get; } = twin;

    /// <summary>Cloud-to-device messages that wait for the device.</summary>
    public CloudToDeviceMessages CloudToDeviceMessages { get; } = new(time);

    public IdentityStatistics Statistics { get; } = new();

    public IdentityRecord Record
    {
        get => _record;
        internal set => _record = value;
    }

    /// <summary>Digital twin model announced at the last connect; empty for none.</summary>
    public string ModelId { get; internal set; } = string.Empty;

    /// <summary>When the device last connected or sent something.</summary>
    public DateTimeOffset LastActivity { get; internal set; }

    /// <summary>A session ended; for one that is to be kept, its subscription to cloud-to-device messages holds on.</summary>
    internal void KeepSubscription(bool keep) => _subscriptionKept = keep;

    /// <summary>Whether the new session goes on with a kept subscription; a clean one forgets it.</summary>
    internal bool TakeKeptSubscription(bool cleanSession)
    {
        _subscriptionKept = _subscriptionKept && !cleanSession;
        return _subscriptionKept;
    }
}
