using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Sessions;
using EdgeGateway.Testing;
using NSubstitute;

namespace EdgeGateway.Simulators.IotHub.Tests.Sessions;

public sealed class SessionTableTests
{
    private static readonly IdentityName Name = new("mcu-1");

    [Fact]
    public void Enter_SecondOfName_DropsFirst()
    {
        var table = new SessionTable();
        var (first, second) = (Session(), Session());
        table.TryEnter(first);

        table.TryEnter(second);

        first.Received(1).Drop(SessionEnd.Replaced);
        table.Find(Name).Should().BeSameAs(second);
    }

    [Fact]
    public void Leave_Replaced_KeepsNewOne()
    {
        var table = new SessionTable();
        var (first, second) = (Session(), Session());
        table.TryEnter(first);
        table.TryEnter(second);

        table.Leave(first);

        table.IsConnected(Name).Should().BeTrue();
        table.Leave(second);
        table.IsConnected(Name).Should().BeFalse();
    }

    [Fact]
    public async Task WaitUntil_ConditionComesTrue_Completes()
    {
        var table = new SessionTable();
        var waiting = table.WaitUntilAsync(t => t.Count == 1);
        waiting.IsCompleted.Should().BeFalse();

        table.TryEnter(Session());

        await waiting.WaitAsync(TestLimits.Wait);
    }

    [Fact]
    public void Drop_NotConnected_SaysSo() => new SessionTable().Drop(Name).Should().BeFalse();

    private static IDeviceSession Session()
    {
        var session = Substitute.For<IDeviceSession>();
        session.Name.Returns(Name);
        return session;
    }
}
