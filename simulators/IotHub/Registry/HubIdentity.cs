using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Twins;

namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>Holds the state of one device or module.</summary>
/// <remarks>Thread-safe: each part has its own lock.</remarks>
public sealed class HubIdentity(IdentityName name, IdentityRecord record, Twin twin, TimeProvider time)
{
    private volatile IdentityRecord _record = record;
    private volatile bool _subscriptionKept;

    public IdentityName Name { get; } = name;

    public Twin Twin { get; } = twin;

    /// <summary>Gets the cloud-to-device queue.</summary>
    public CloudToDeviceMessages CloudToDeviceMessages { get; } = new(time);

    public IdentityStatistics Statistics { get; } = new();

    public IdentityRecord Record
    {
        get => _record;
        internal set => _record = value;
    }

    /// <summary>Gets the digital twin model announced at the last connect; empty for none.</summary>
    public string ModelId { get; internal set; } = string.Empty;

    /// <summary>Gets when the device last connected or sent a packet.</summary>
    public DateTimeOffset LastActivity { get; internal set; }

    /// <summary>Stores at the end of a session whether its subscription to cloud-to-device messages remains for the next one.</summary>
    internal void KeepSubscription(bool keep) => _subscriptionKept = keep;

    /// <summary>Returns whether a new session continues with that subscription; a clean session removes it.</summary>
    internal bool TakeKeptSubscription(bool cleanSession)
    {
        _subscriptionKept = _subscriptionKept && !cleanSession;
        return _subscriptionKept;
    }
}
