using System.Collections.Concurrent;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>
/// Holds the subscriptions of one session. The hub is no general broker: it grants a few filters, with the same text for every client, and refuses all others.
/// </summary>
internal sealed class SubscriptionSet(IdentityName name)
{
    private readonly ConcurrentDictionary<SubscriptionKind, MqttQos> _granted = new();

    public bool Has(SubscriptionKind kind) => _granted.ContainsKey(kind);

    /// <summary>Returns the quality of service granted for a kind; <see cref="MqttQos.AtMostOnce"/> where there is no subscription.</summary>
    public MqttQos QosOf(SubscriptionKind kind) => _granted.GetValueOrDefault(kind);

    /// <summary>Adds a subscription.</summary>
    /// <returns>The code for the SUBACK: the granted quality of service, at most 1, or a failure.</returns>
    public byte Add(MqttSubscription subscription)
    {
        if (KindOf(subscription.Filter) is not { } kind)
        {
            return SubAckPacket.Failure;
        }

        var qos = subscription.Qos == MqttQos.AtMostOnce ? MqttQos.AtMostOnce : MqttQos.AtLeastOnce;
        _granted[kind] = qos;
        return (byte)qos;
    }

    public void Restore(SubscriptionKind kind) => _granted[kind] = MqttQos.AtLeastOnce;

    public void Remove(string filter)
    {
        if (KindOf(filter) is { } kind)
        {
            _granted.TryRemove(kind, out _);
        }
    }

    private SubscriptionKind? KindOf(string filter) => filter switch
    {
        HubFilters.TwinResponses => SubscriptionKind.TwinResponses,
        HubFilters.DesiredPatches => SubscriptionKind.DesiredPatches,
        HubFilters.Methods => SubscriptionKind.Methods,
        _ when name.ModuleId is null && filter == HubFilters.CloudToDevice(name.DeviceId) => SubscriptionKind.CloudToDevice,
        _ when name.ModuleId is not null && (filter == $"{name.ResourcePath}/#" || filter == $"{name.ResourcePath}/inputs/#")
            => SubscriptionKind.Inputs,
        _ => null,
    };
}

/// <summary>A subscription that the hub grants.</summary>
internal enum SubscriptionKind
{
    TwinResponses,
    DesiredPatches,
    Methods,

    /// <summary>Cloud-to-device messages of a device.</summary>
    CloudToDevice,

    /// <summary>Inputs of a module. Only routes of a real edgeHub send there, so that nothing ever arrives.</summary>
    Inputs,
}
