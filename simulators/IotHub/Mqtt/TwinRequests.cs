using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Twins;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>Answers the twin operations of one device.</summary>
internal sealed class TwinRequests(HubState hub, HubIdentity identity, Action<PublishPacket> respond)
{
    /// <summary>Largest patch, bytes of JSON.</summary>
    private const int MaxPatchBytes = 64 * 1024;

    public void Get(TwinGetTopic request)
    {
        identity.Statistics.CountTwinGet();
        _ = TryAsync(request.RequestId, () => hub.Backend.ReadTwinAsync(identity, twin =>
            respond(new PublishPacket(new TwinResponseTopic(200, request.RequestId).ToString(), Utf8(twin)))));
    }

    public void PatchReported(ReportedPatchTopic request, ReadOnlyMemory<byte> payload)
    {
        identity.Statistics.CountReportedPatch();
        _ = TryAsync(request.RequestId, () =>
        {
            var version = hub.Backend.PatchReported(identity, Parse(payload));
            respond(new PublishPacket(new TwinResponseTopic(204, request.RequestId, version).ToString(), default));
            return Task.CompletedTask;
        });
    }

    public static byte[] Utf8(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private async Task TryAsync(string requestId, Func<Task> operation)
    {
        try
        {
            hub.Switches.CountTwinOperation();
            await operation();
        }
        catch (HubRequestException e)
        {
            var body = ErrorBody.Details(e.Error, e.Message, hub.Time.GetUtcNow());
            respond(new PublishPacket(new TwinResponseTopic(e.Error.Status, requestId).ToString(), Utf8(body)));
        }
    }

    private static JsonObject Parse(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > MaxPatchBytes)
        {
            throw new HubRequestException(HubError.TooLarge, $"the patch has {payload.Length} bytes, at most {MaxPatchBytes} are allowed");
        }

        try
        {
            return StrictJson.Parse(payload.Span);
        }
        catch (JsonException e)
        {
            throw new HubRequestException(HubError.ArgumentInvalid, $"the patch is not a JSON object: {e.Message}");
        }
    }
}
