using EdgeGateway.Module.Ports;
using EdgeGateway.Module.Settings;
using EdgeGateway.Serial.Drivers.Egp;
using EdgeGateway.Serial.Links;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace EdgeGateway.Module.Tests.Ports;

public sealed class EgpPortFactoryTests
{
    private readonly ISerialLinkFactory _links = Substitute.For<ISerialLinkFactory>();
    private readonly LineSettings _line = new() { Port = "/dev/a", HalfDuplex = true };

    [Fact]
    public async Task Create_TwoOnOneLine_ShareItsLink()
    {
        var link = Substitute.For<ISerialLink>();
        _links.Create(_line).Returns(link);
        var factory = Factory();

        factory.Create(_line, new McuSettings { Id = "a", Address = 1 });
        factory.Create(_line, new McuSettings { Id = "b", Address = 2 });

        _links.Received(1).Create(_line);
        await factory.DisposeAsync();
        await link.Received(1).DisposeAsync();
    }

    [Fact]
    public async Task Create_LineThatCannotBeMade_TellsWhyAtEachUse()
    {
        _links.Create(_line).Returns(_ => throw new LinkException(LinkFailure.BadSettings, "no such rate"));
        await using var factory = Factory();

        var port = factory.Create(_line, new McuSettings { Id = "a", Address = 1 });
        var connect = () => port.ConnectAsync(CancellationToken.None);

        port.LineName.Should().Be("/dev/a");
        (await connect.Should().ThrowAsync<LinkException>()).Which.Failure.Should().Be(LinkFailure.BadSettings);
    }

    private EgpPortFactory Factory() => new(_links, NullLogger<EgpDriver>.Instance, new VirtualTime());
}
