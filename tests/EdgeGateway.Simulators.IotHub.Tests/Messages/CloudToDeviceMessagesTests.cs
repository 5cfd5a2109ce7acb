using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Messages;

public sealed class CloudToDeviceMessagesTests
{
    private static readonly Dictionary<string, string> None = [];
    private readonly VirtualTime _time = new();

    [Fact]
    public void Add_Full_IsRefused()
    {
        var inbox = new CloudToDeviceMessages(_time);
        for (var i = 0; i < CloudToDeviceMessages.MaxDepth; i++)
        {
            inbox.Add(default, None);
        }

        inbox.Take(); // locked messages count too

        FluentActions.Invoking(() => inbox.Add(default, None)).Should().Throw<HubRequestException>()
            .Which.Error.Should().Be(HubError.QueueFull);
    }

    [Fact]
    public void Add_TooLarge_IsRefused() =>
        FluentActions.Invoking(() => new CloudToDeviceMessages(_time).Add(new byte[CloudToDeviceMessages.MaxBodyBytes + 1], None))
            .Should().Throw<HubRequestException>().Which.Error.Should().Be(HubError.TooLarge);

    [Fact]
    public void Take_Expired_IsGone()
    {
        var inbox = new CloudToDeviceMessages(_time);
        inbox.Add(default, None, TimeSpan.FromSeconds(10));
        var later = inbox.Add(default, None, TimeSpan.FromSeconds(20));

        _time.Advance(TimeSpan.FromSeconds(10));

        inbox.Take()!.MessageId.Should().Be(later.MessageId);
        inbox.Take().Should().BeNull();
    }

    [Fact]
    public void Release_TooOften_GivesUp()
    {
        var inbox = new CloudToDeviceMessages(_time);
        inbox.Add(default, None);

        for (var i = 1; i <= CloudToDeviceMessages.MaxDeliveries; i++)
        {
            var message = inbox.Take();
            message!.Deliveries.Should().Be(i);
            inbox.Release([message]);
        }

        inbox.Take().Should().BeNull();
        inbox.Count.Should().Be(0);
    }

    [Fact]
    public void Release_Completed_IsNotDeliveredAgain()
    {
        var inbox = new CloudToDeviceMessages(_time);
        inbox.Add(default, None);
        var message = inbox.Take()!;
        inbox.Complete(message);

        inbox.Release([message]);

        inbox.Take().Should().BeNull();
    }

    [Fact]
    public void Purge_WaitingAndLocked_RemovesBoth()
    {
        var inbox = new CloudToDeviceMessages(_time);
        inbox.Add(default, None);
        inbox.Add(default, None);
        inbox.Take();

        inbox.Purge().Should().Be(2);
        inbox.Count.Should().Be(0);
    }
}
