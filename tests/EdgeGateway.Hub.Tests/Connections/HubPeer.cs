using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Hub.Tests.Connections;

/// <summary>The hub's end of one connection, played by the test packet by packet.</summary>
internal sealed class HubPeer(Stream stream)
{
    public const string SmallTwin = """{"desired":{"a":1,"$version":1},"reported":{"$version":1}}""";

    private readonly PipeReader _reader = PipeReader.Create(stream);

    /// <summary>The CONNECT, once it was read.</summary>
    public ConnectPacket Connect { get; private set; } = null!;

    public async Task<ConnectPacket> AcceptAsync(ConnectReturnCode code = ConnectReturnCode.Accepted, bool sessionPresent = false)
    {
        Connect = await ReceiveAsync<ConnectPacket>();
        await SendAsync(new ConnAckPacket(sessionPresent, code));
        return Connect;
    }

    /// <summary>Accepts, grants the subscription and answers the twin get that must follow.</summary>
    public async Task OpenAsync(string twin = SmallTwin)
    {
        await AcceptAsync();
        await GrantAsync();
        await AnswerGetAsync(twin);
    }

    public async Task GrantAsync()
    {
        var subscribe = await ReceiveAsync<SubscribePacket>();
        await SendAsync(new SubAckPacket(subscribe.PacketId, [.. subscribe.Subscriptions.Select(_ => (byte)1)]));
    }

    public async Task AnswerGetAsync(string twin = SmallTwin, int status = 200)
    {
        var get = await ReceiveTopicAsync<TwinGetTopic>();
        await PublishAsync(new TwinResponseTopic(status, get.Topic.RequestId), twin);
    }

    /// <summary>Takes a report and answers it.</summary>
    public async Task<string> AnswerReportAsync(int status = 204, long? version = 2)
    {
        var report = await ReceiveTopicAsync<ReportedPatchTopic>();
        await PublishAsync(new TwinResponseTopic(status, report.Topic.RequestId, version), "");
        return Encoding.UTF8.GetString(report.Packet.Payload.Span);
    }

    public async Task<(T Topic, PublishPacket Packet)> ReceiveTopicAsync<T>()
        where T : HubTopic
    {
        var packet = await ReceiveAsync<PublishPacket>();
        return (HubTopic.Parse(packet.Topic).Should().BeOfType<T>().Subject, packet);
    }

    /// <summary>The next packet, which must be of this type.</summary>
    public async Task<T> ReceiveAsync<T>()
        where T : MqttPacket =>
        (await ReceiveAsync()).Should().BeOfType<T>().Subject;

    /// <summary>The next packet; null where the client has closed the connection.</summary>
    public async Task<MqttPacket?> ReceiveAsync()
    {
        while (true)
        {
            var result = await _reader.ReadAsync().AsTask().WaitAsync(TestEnvironment.Patience);
            var buffer = result.Buffer;
            if (MqttReader.TryRead(ref buffer, int.MaxValue, out var packet))
            {
                _reader.AdvanceTo(buffer.Start);
                return packet;
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    public Task PublishAsync(HubTopic topic, string body, ushort packetId = 0) => SendAsync(
        new PublishPacket(topic.ToString()!, Encoding.UTF8.GetBytes(body))
        {
            Qos = packetId == 0 ? MqttQos.AtMostOnce : MqttQos.AtLeastOnce,
            PacketId = packetId,
        });

    public async Task SendAsync(MqttPacket packet)
    {
        var output = new ArrayBufferWriter<byte>();
        MqttWriter.Write(output, packet);
        await SendBytesAsync(output.WrittenMemory);
    }

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes);
        await stream.FlushAsync();
    }

    /// <summary>Closes in order, as the hub does when another client takes the identity.</summary>
    public void Close() => stream.Dispose();

    /// <summary>Breaks the line.</summary>
    public void Break() => ((DuplexStream)stream).Break();
}
