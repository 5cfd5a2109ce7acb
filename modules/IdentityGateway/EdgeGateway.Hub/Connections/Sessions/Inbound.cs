using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Twins;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>Leads what the hub sends unasked to the one who is concerned.</summary>
internal sealed partial class Inbound(DeviceIdentity identity, Outbox outbox, TwinFollower twin, HandlerQueue handlers, ILogger log)
    : ISessionEvents
{
    public void OnAcknowledged(ushort packetId) => outbox.Acknowledge(packetId);

    public void OnDesiredPatch(long version) => twin.OnPatch(version);

    public void OnMethod(MethodRequestTopic topic, ReadOnlyMemory<byte> payload)
    {
        if (!TryParse(payload, out var argument))
        {
            Answer(topic, new MethodResponse(400, "The payload is not JSON."));
        }
        else if (!handlers.TryPost((handler, cancellationToken) => CallAsync(handler, topic, argument, cancellationToken)))
        {
            Answer(topic, new MethodResponse(429, "Too many calls wait already."));
        }
    }

    public void OnMessage(HubSession session, CloudToDeviceTopic topic, PublishPacket packet)
    {
        if (!handlers.TryPost(HandleAsync))
        {
            LogMessageNotTaken(identity);
        }

        async ValueTask HandleAsync(IDeviceHandler handler, CancellationToken cancellationToken)
        {
            if (handler is not IMessageHandler taker)
            {
                return; // a subscription of an earlier session; the message stays in the queue of the hub
            }

            await taker.OnMessageAsync(new DeviceMessage(packet.Payload, topic.Properties), cancellationToken);
            if (packet.Qos == MqttQos.AtLeastOnce)
            {
                await AcknowledgeAsync(session, packet.PacketId);
            }
        }
    }

    private async Task AcknowledgeAsync(HubSession session, ushort packetId)
    {
        try
        {
            await session.SendAsync(new PubAckPacket(packetId));
        }
        catch (HubException e)
        {
            // the hub will deliver it again
            LogAcknowledgementLost(identity, e.Message);
        }
    }

    private async ValueTask CallAsync(IDeviceHandler handler, MethodRequestTopic topic, JsonNode? argument, CancellationToken cancellationToken)
    {
        MethodResponse response;
        try
        {
            response = await handler.OnMethodAsync(new MethodRequest(topic.Method, argument), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogMethodFailed(e, identity, topic.Method);
            response = new MethodResponse(500, e.Message);
        }

        Answer(topic, response);
    }

    private void Answer(MethodRequestTopic topic, MethodResponse response)
    {
        var body = response.Payload is null ? [] : JsonSerializer.SerializeToUtf8Bytes(response.Payload, TwinJson.Options);
        outbox.Add(new MethodResponseTopic(response.Status, topic.RequestId).ToString(), body);
    }

    private static bool TryParse(ReadOnlyMemory<byte> payload, out JsonNode? node)
    {
        node = null;
        if (payload.IsEmpty)
        {
            return true;
        }

        try
        {
            node = JsonNode.Parse(payload.Span);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [LoggerMessage(EventId = 2140, Level = LogLevel.Warning, Message = "{Identity}: a message was not taken, too many wait; the hub will deliver it again")]
    private partial void LogMessageNotTaken(DeviceIdentity identity);

    [LoggerMessage(EventId = 2141, Level = LogLevel.Debug, Message = "{Identity}: a message could not be acknowledged and will come again: {Why}")]
    private partial void LogAcknowledgementLost(DeviceIdentity identity, string why);

    [LoggerMessage(EventId = 2142, Level = LogLevel.Error, Message = "{Identity}: direct method '{Method}' failed")]
    private partial void LogMethodFailed(Exception e, DeviceIdentity identity, string method);
}

/// <summary>What the hub answered to a twin request.</summary>
/// <param name="Status">As in HTTP.</param>
/// <param name="Version">Version of the reported section; null where none was sent.</param>
/// <param name="Body">Content.</param>
internal sealed record TwinAnswer(int Status, long? Version, ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The refusal as an exception.</summary>
    public HubException ToException(string request)
    {
        var (failure, why) = Status switch
        {
            400 or 413 => (HubFailure.BadRequest, "its content is refused"),
            401 or 403 or 404 => (HubFailure.Unauthorized, "the identity is refused"),
            429 => (HubFailure.Throttled, "too many requests"),
            408 or 504 => (HubFailure.TimedOut, "the hub did not get it done in time"),
            >= 500 => (HubFailure.Unreachable, "the hub is in trouble"),
            _ => (HubFailure.ProtocolError, "an unknown status"),
        };
        return new HubException(failure, $"The hub answered {request} with status {Status}: {why}.");
    }
}
