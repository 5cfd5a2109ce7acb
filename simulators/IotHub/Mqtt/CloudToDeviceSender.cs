using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>Sends the cloud-to-device messages of one session, and completes them as the client acknowledges.</summary>
internal sealed class CloudToDeviceSender(HubIdentity identity, SubscriptionSet subscriptions, Action<MqttPacket> send)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ushort, CloudToDeviceMessage> _sent = [];
    private ushort _lastId;
    private bool _open;

    /// <summary>Begins to send new messages.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _open = true;
            identity.CloudToDeviceMessages.Added += SendWaiting;
        }
    }

    /// <summary>Sends all queued messages, if the client is subscribed.</summary>
    public void SendWaiting()
    {
        lock (_lock)
        {
            while (_open && subscriptions.Has(SubscriptionKind.CloudToDevice) && identity.CloudToDeviceMessages.Take() is { } message)
            {
                Send(message);
            }
        }
    }

    /// <summary>Completes the message of an acknowledged packet; unknown packet ids are ignored.</summary>
    public void Acknowledge(ushort packetId)
    {
        lock (_lock)
        {
            if (_sent.Remove(packetId, out var message))
            {
                Complete(message);
            }
        }
    }

    /// <summary>Ends sending: messages that were not acknowledged are queued again.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _open = false;
            identity.CloudToDeviceMessages.Added -= SendWaiting;
            identity.CloudToDeviceMessages.Release([.. _sent.Values.OrderBy(m => m.Sequence)]);
            _sent.Clear();
        }
    }

    private void Send(CloudToDeviceMessage message)
    {
        var properties = new Dictionary<string, string>(message.Properties, StringComparer.Ordinal)
        {
            ["$.mid"] = message.MessageId,
            ["$.to"] = $"/devices/{identity.Name.DeviceId}/messages/deviceBound",
        };
        var packet = new PublishPacket(new CloudToDeviceTopic(identity.Name.DeviceId, properties).ToString(), message.Body);
        if (subscriptions.QosOf(SubscriptionKind.CloudToDevice) == MqttQos.AtMostOnce)
        {
            Complete(message);
            send(packet);
            return;
        }

        do
        {
            _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
        }
        while (_sent.ContainsKey(_lastId));

        _sent.Add(_lastId, message);
        send(packet with { Qos = MqttQos.AtLeastOnce, PacketId = _lastId, Duplicate = message.Deliveries > 1 });
    }

    private void Complete(CloudToDeviceMessage message)
    {
        identity.CloudToDeviceMessages.Complete(message);
        identity.Statistics.CountMessageCompleted();
    }
}
