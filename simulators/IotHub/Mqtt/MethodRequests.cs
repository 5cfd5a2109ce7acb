using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Methods;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>Sends the direct methods of one session and matches responses with requests.</summary>
internal sealed class MethodRequests(Action<MqttPacket> send)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<MethodResult>> _waiting = new();
    private long _lastId;

    public async Task<MethodResult> InvokeAsync(
        string method, ReadOnlyMemory<byte> payload, CancellationToken sessionEnded, CancellationToken cancellationToken)
    {
        var requestId = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<MethodResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[requestId] = answer;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(sessionEnded, cancellationToken);
            send(new PublishPacket(new MethodRequestTopic(method, requestId).ToString(), payload));
            return await answer.Task.WaitAsync(either.Token);
        }
        finally
        {
            _waiting.TryRemove(requestId, out _);
        }
    }

    /// <summary>Handles a response; late and unknown ones are ignored, as in the real hub.</summary>
    /// <exception cref="MqttProtocolException">The payload is not JSON.</exception>
    public void Answer(MethodResponseTopic topic, ReadOnlyMemory<byte> payload)
    {
        JsonNode? result;
        try
        {
            result = payload.IsEmpty ? null : JsonNode.Parse(payload.Span);
        }
        catch (JsonException e)
        {
            throw new MqttProtocolException($"The answer to method request {topic.RequestId} is not JSON: {e.Message}");
        }

        if (_waiting.TryRemove(topic.RequestId, out var waiting))
        {
            waiting.TrySetResult(new MethodResult(topic.Status, result));
        }
    }
}
