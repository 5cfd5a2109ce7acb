using EdgeGateway.Serial.Links;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Serial.Tests.Links;

public sealed class SerialLinkFactoryTests
{
    [Theory]
    [InlineData("tcp://nowhere", null)]
    [InlineData("/dev/ttyUSB0", 49)]
    [InlineData("tcp://host:1", 4_000_001)]
    public void Create_BadSettings_FailsAtOnce(string port, int? baud)
    {
        using var factory = new SerialLinkFactory(NullLoggerFactory.Instance, TimeProvider.System);
        FluentActions.Invoking(() => factory.Create(new LineOptions { Port = port, BaudRate = baud }))
            .Should().Throw<LinkException>().Where(e => e.Failure == LinkFailure.BadSettings);
    }

    [Fact]
    public void Create_OptionsChangedAfterwards_KeepsTheOld()
    {
        using var factory = new SerialLinkFactory(NullLoggerFactory.Instance, TimeProvider.System);
        var options = new LineOptions { Port = "/dev/ttyUSB0", BaudRate = 9600 };
        var link = factory.Create(options);
        options.Port = "/dev/ttyUSB1";
        options.BaudRate = 19200;
        (link.Name, link.BytesPerSecond).Should().Be(("/dev/ttyUSB0", 960));
    }

    [Fact]
    public void Create_AfterDispose_Throws()
    {
        var factory = new SerialLinkFactory(NullLoggerFactory.Instance, TimeProvider.System);
        factory.Dispose();
        FluentActions.Invoking(() => factory.Create(new LineOptions { Port = "/dev/ttyUSB0" })).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void AddSerialLinks_Twice_RegistersOneFactory()
    {
        using var services = new ServiceCollection().AddLogging().AddSerialLinks().AddSerialLinks().BuildServiceProvider();
        services.GetServices<ISerialLinkFactory>().Should().ContainSingle().Which.Should().BeOfType<SerialLinkFactory>();
        services.GetRequiredService<TimeProvider>().Should().BeSameAs(TimeProvider.System);
    }
}
