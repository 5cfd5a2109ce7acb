using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Messages;

public sealed class CommandInboxTests
{
    private static readonly Dictionary<string, string> None = [];
    private readonly VirtualTime _time = new();

    [Fact]
    public void Add_Full_IsRefused()
    {
        var inbox = new CommandInbox(_time);
        for (var i = 0; i < CommandInbox.MaxDepth; i++)
        {
            inbox.Add(default, None);
        }

        inbox.Take(); // locked messages count too

        FluentActions.Invoking(() => inbox.Add(default, None)).Should().Throw<HubRequestException>()
            .Which.Error.Should().Be(HubError.QueueFull);
    }

    [Fact]
    public void Add_TooLarge_IsRefused() =>
        FluentActions.Invoking(() => new CommandInbox(_time).Add(new byte[CommandInbox.MaxBodyBytes + 1], None))
            .Should().Throw<HubRequestException>().Which.Error.Should().Be(HubError.TooLarge);

    [Fact]
    public void Take_Expired_IsGone()
    {
        var inbox = new CommandInbox(_time);
        inbox.Add(default, None, TimeSpan.FromSeconds(10));
        var later = inbox.Add(default, None, TimeSpan.FromSeconds(20));

        _time.Advance(TimeSpan.FromSeconds(10));

        inbox.Take()!.MessageId.Should().Be(later.MessageId);
        inbox.Take().Should().BeNull();
    }

    [Fact]
    public void Release_TooOften_GivesUp()
    {
        var inbox = new CommandInbox(_time);
        inbox.Add(default, None);

        for (var i = 1; i <= CommandInbox.MaxDeliveries; i++)
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
        var inbox = new CommandInbox(_time);
        inbox.Add(default, None);
        var message = inbox.Take()!;
        inbox.Complete(message);

        inbox.Release([message]);

        inbox.Take().Should().BeNull();
    }

    [Fact]
    public void Purge_WaitingAndLocked_RemovesBoth()
    {
        var inbox = new CommandInbox(_time);
        inbox.Add(default, None);
        inbox.Add(default, None);
        inbox.Take();

        inbox.Purge().Should().Be(2);
        inbox.Count.Should().Be(0);
    }
}
