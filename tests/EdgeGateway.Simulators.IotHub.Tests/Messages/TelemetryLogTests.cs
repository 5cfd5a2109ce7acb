using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Messages;

public sealed class TelemetryLogTests
{
    [Fact]
    public void Add_BeyondCapacity_ForgetsOldest()
    {
        var log = new TelemetryLog(2);
        foreach (var name in new[] { "a", "b", "c" })
        {
            log.Add(Message(name));
        }

        log.Read().Select(m => m.Sender.DeviceId).Should().Equal("b", "c");
        log.Read(new IdentityName("c")).Should().ContainSingle();
        log.Total.Should().Be(3);
    }

    [Fact]
    public async Task Follow_OldAndNew_ComesInOrder()
    {
        var log = new TelemetryLog(10);
        log.Add(Message("a"));
        using var limit = new CancellationTokenSource(TestLimits.Wait);
        await using var followed = log.FollowAsync(limit.Token).GetAsyncEnumerator();
        await followed.MoveNextAsync();
        followed.Current.Sender.DeviceId.Should().Be("a");
        var next = followed.MoveNextAsync();

        log.Add(Message("b"));

        (await next).Should().BeTrue();
        followed.Current.Sender.DeviceId.Should().Be("b");
    }

    private static TelemetryMessage Message(string device) => new(new IdentityName(device), default, new Dictionary<string, string>(), default);
}
