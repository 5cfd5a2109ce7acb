using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>What a session receives without having asked; called on its receive loop, so that nothing here may wait.</summary>
internal interface ISessionEvents
{
    void OnAcknowledged(ushort packetId);

    void OnDesiredPatch(long version);

    void OnMethod(MethodRequestTopic topic, ReadOnlyMemory<byte> payload);

    void OnMessage(HubSession session, CloudToDeviceTopic topic, PublishPacket packet);
}
