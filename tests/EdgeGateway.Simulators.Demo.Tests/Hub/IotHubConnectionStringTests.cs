using EdgeGateway.Simulators.Demo.Hub;

namespace EdgeGateway.Simulators.Demo.Tests.Hub;

public sealed class IotHubConnectionStringTests
{
    [Fact]
    public void Parse_AllParts_KeepsPaddingOfTheKey() =>
        IotHubConnectionString.Parse("HostName=hub.test;SharedAccessKeyName=iothubowner;SharedAccessKey=c2VjcmV0IQ==")
            .Should().Be(new IotHubConnectionString("hub.test", "iothubowner", "c2VjcmV0IQ=="));

    [Fact]
    public void Parse_KeyMissing_NamesItAndShowsNoSecret()
    {
        var parse = () => IotHubConnectionString.Parse("HostName=hub.test;SharedAccessKeyName=iothubowner;AccessKey=c2VjcmV0");

        parse.Should().Throw<FormatException>().WithMessage("*no SharedAccessKey;*").Which.Message.Should().NotContain("c2VjcmV0");
    }

    [Fact]
    public void ToString_HidesTheKey() => new IotHubConnectionString("h", "n", "secret").ToString().Should().NotContain("secret");
}
