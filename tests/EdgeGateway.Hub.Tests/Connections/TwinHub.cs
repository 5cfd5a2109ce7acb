using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Hub.Tests.Connections.Reports;

namespace EdgeGateway.Hub.Tests.Connections;

/// <summary>A hub that runs by itself: it keeps a twin, records every patch it took, and fails on request.</summary>
internal sealed class TwinHub : IHubTransport
{
    private readonly Lock _lock = new();
    private readonly List<Stream> _open = [];
    private readonly JsonObject _reported = [];
    private readonly List<JsonObject> _taken = [];
    private int _version = 1;

    /// <summary>The desired section as JSON without version.</summary>
    public JsonObject Desired { get; set; } = [];

    public long DesiredVersion { get; set; } = 1;

    /// <summary>No server listens.</summary>
    public bool IsAway { get; set; }

    /// <summary>What happens to the next report.</summary>
    public Func<ReportOutcome> NextFate { get; set; } = () => ReportOutcome.Taken;

    /// <summary>Every patch that was applied, in order.</summary>
    public IReadOnlyList<JsonObject> Taken
    {
        get
        {
            lock (_lock)
            {
                return [.. _taken];
            }
        }
    }

    public JsonObject Reported
    {
        get
        {
            lock (_lock)
            {
                return (JsonObject)_reported.DeepClone();
            }
        }
    }

    public Task<Stream> ConnectAsync(HubEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new HubException(HubFailure.Unreachable, "Nobody listens.");
        }

        var (client, server) = DuplexStream.CreatePair();
        lock (_lock)
        {
            _open.Add(server);
        }

        _ = ServeAsync(server);
        return Task.FromResult<Stream>(client);
    }

    /// <summary>Breaks all connections.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _open.ForEach(s => ((DuplexStream)s).Break());
            _open.Clear();
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        var peer = new HubPeer(stream);
        try
        {
            await peer.AcceptAsync();
            await peer.GrantAsync();
            while (await peer.ReceiveAsync() is { } packet)
            {
                await AnswerAsync(stream, peer, packet);
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or TimeoutException or ObjectDisposedException)
        {
            // cut
        }
    }

    private Task AnswerAsync(Stream stream, HubPeer peer, MqttPacket packet)
    {
        switch (packet)
        {
            case PingReqPacket:
                return peer.SendAsync(new PingRespPacket());
            case PublishPacket publish when HubTopic.Parse(publish.Topic) is TwinGetTopic get:
                return peer.PublishAsync(new TwinResponseTopic(200, get.RequestId), Twin());
            case PublishPacket publish when HubTopic.Parse(publish.Topic) is ReportedPatchTopic report:
                return ReportAsync(stream, peer, report.RequestId, Encoding.UTF8.GetString(publish.Payload.Span));
            default:
                return Task.CompletedTask;
        }
    }

    private async Task ReportAsync(Stream stream, HubPeer peer, string requestId, string body)
    {
        var fate = NextFate();
        if (fate is ReportOutcome.Taken or ReportOutcome.TakenThenCut or ReportOutcome.TakenInSilence)
        {
            lock (_lock)
            {
                if (!_open.Contains(stream))
                {
                    return; // what is still on its way when the line breaks is lost
                }

                _version++;
                var patch = JsonNode.Parse(body)!.AsObject();
                _taken.Add(patch);
                MergePatch.Apply(_reported, patch);
            }
        }

        switch (fate)
        {
            case ReportOutcome.Taken:
                await peer.PublishAsync(new TwinResponseTopic(204, requestId, _version), "");
                break;
            case ReportOutcome.Throttled:
                await peer.PublishAsync(new TwinResponseTopic(429, requestId), "");
                break;
            case ReportOutcome.TakenThenCut or ReportOutcome.LostThenCut:
                lock (_lock)
                {
                    _open.Remove(stream);
                }

                peer.Break();
                break;
        }
    }

    private string Twin()
    {
        lock (_lock)
        {
            var desired = (JsonObject)Desired.DeepClone();
            desired["$version"] = DesiredVersion;
            var reported = (JsonObject)_reported.DeepClone();
            reported["$version"] = _version;
            return string.Create(CultureInfo.InvariantCulture, $$"""{"desired":{{desired.ToJsonString()}},"reported":{{reported.ToJsonString()}}}""");
        }
    }
}
