using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>Handles what a client publishes: telemetry, twin requests and responses of direct methods.</summary>
internal sealed class PublishHandler(
    HubState hub, HubIdentity identity, SubscriptionSet subscriptions, MethodRequests methods, Action<MqttPacket> send)
{
    /// <summary>Largest telemetry message, bytes.</summary>
    public const int MaxMessageBytes = 256 * 1024;

    private readonly TwinRequests _twinRequests = new(hub, identity, response =>
    {
        if (subscriptions.Has(SubscriptionKind.TwinResponses))
        {
            send(response);
        }
    });

    /// <exception cref="MqttProtocolException">The hub accepts no such message: the connection has to be closed.</exception>
    public void Handle(PublishPacket publish)
    {
        if (publish.Retain)
        {
            throw new MqttProtocolException("IoT Hub does not keep messages (retain).");
        }

        switch (HubTopic.Parse(publish.Topic))
        {
            case TelemetryTopic telemetry:
                AcceptTelemetry(telemetry, publish.Payload);
                Acknowledge(publish);
                break;
            case TwinGetTopic get:
                Acknowledge(publish);
                _twinRequests.Get(get);
                break;
            case ReportedPatchTopic patch:
                Acknowledge(publish);
                _twinRequests.PatchReported(patch, publish.Payload);
                break;
            case MethodResponseTopic answer:
                Acknowledge(publish);
                methods.Answer(answer, publish.Payload);
                break;
            default:
                throw new MqttProtocolException($"The hub accepts no messages on topic '{publish.Topic}'.");
        }
    }

    /// <summary>Accepts the will message of a broken connection as telemetry, if its topic is that of this identity.</summary>
    public void HandleWill(PublishPacket will)
    {
        if (HubTopic.Parse(will.Topic) is not TelemetryTopic topic || !IsOwn(topic))
        {
            return;
        }

        try
        {
            AcceptTelemetry(topic, will.Payload);
        }
        catch (MqttProtocolException)
        {
            // too large, or the queue is full: the client is gone and cannot be answered
        }
    }

    private bool IsOwn(TelemetryTopic topic) => topic.DeviceId == identity.Name.DeviceId && topic.ModuleId == identity.Name.ModuleId;

    private void AcceptTelemetry(TelemetryTopic topic, ReadOnlyMemory<byte> body)
    {
        if (!IsOwn(topic))
        {
            throw new MqttProtocolException($"'{identity.Name}' must not send telemetry of another identity.");
        }

        if (body.Length > MaxMessageBytes)
        {
            throw new MqttProtocolException($"A message of {body.Length} bytes is larger than {MaxMessageBytes}.");
        }

        identity.Statistics.CountTelemetry();
        try
        {
            hub.Backend.Accept(new TelemetryMessage(identity.Name, body, topic.Properties, hub.Time.GetUtcNow()));
        }
        catch (HubRequestException e)
        {
            throw new MqttProtocolException(e.Message, e); // not acknowledged: the client still has it
        }
    }

    private void Acknowledge(PublishPacket publish)
    {
        if (publish.Qos == MqttQos.AtLeastOnce)
        {
            send(new PubAckPacket(publish.PacketId));
        }
    }
}
