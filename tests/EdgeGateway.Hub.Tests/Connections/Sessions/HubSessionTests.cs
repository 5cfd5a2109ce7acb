using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Hub.Tests.Connections.Sessions;

public sealed class HubSessionTests
{
    [Fact]
    public async Task KeepAliveAsync_PingUnansweredButOtherTrafficArrived_KeepsTheConnection()
    {
        var time = new VirtualTime();
        var options = new HubOptions();
        var events = new AcknowledgementEvents();
        var (client, server) = DuplexStream.CreatePair();
        var peer = new HubPeer(server);
        await using var session = new HubSession(
            new DeviceIdentity("d"), client, options, options.KeepAlive, time, new PacketIds(), events, NullLogger.Instance);
        using var end = new CancellationTokenSource();
        var receive = session.ReceiveAsync(end.Token);
        var keepAlive = session.KeepAliveAsync(end.Token);
        await time.WaitForTimerAsync(options.KeepAlive);
        time.Advance(options.KeepAlive);
        await peer.ReceiveAsync<PingReqPacket>();
        await time.WaitForTimerAsync(options.OperationTimeout);

        time.Advance(options.OperationTimeout / 2);
        await peer.SendAsync(new PubAckPacket(1));
        await events.Acknowledged.Task.WaitAsync(TestLimits.Wait);
        time.Advance(options.OperationTimeout / 2);

        await time.WaitForTimerAsync(due => due > options.OperationTimeout / 2, "for the next ping");
        keepAlive.IsCompleted.Should().BeFalse("the acknowledgement is a sign of life");
        await end.CancelAsync();
        await FluentActions.Awaiting(() => keepAlive).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(() => receive).Should().ThrowAsync<OperationCanceledException>();
    }

    private sealed class AcknowledgementEvents : ISessionEvents
    {
        public TaskCompletionSource Acknowledged { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnAcknowledged(ushort packetId) => Acknowledged.TrySetResult();

        public void OnDesiredPatch(long version)
        {
        }

        public void OnMethod(MethodRequestTopic topic, ReadOnlyMemory<byte> payload)
        {
        }

        public void OnMessage(HubSession session, CloudToDeviceTopic topic, PublishPacket packet)
        {
        }
    }
}
