using System.Text;
using EdgeGateway.Hub.Connections.Twins;
using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Tests.Connections.Twins;

public sealed class TwinJsonTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"desired":null,"reported":null}""")]
    public void Parse_NothingThere_GivesAnEmptyTwinOfUnknownVersion(string json)
    {
        var twin = TwinJson.Parse(Encoding.UTF8.GetBytes(json));

        twin.Desired.Should().BeEmpty();
        (twin.DesiredVersion, twin.ReportedVersion).Should().Be((null, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"desired":3}""")]
    [InlineData("""{"desired":{"$version":"x"}}""")]
    [InlineData("""{"desired":{"$version":1.5}}""")]
    [InlineData("""{"desired":{"$version":99999999999999999999}}""")]
    [InlineData("""{"desired":{"a":1,"a":2}}""")]
    public void Parse_NoTwin_IsAProtocolError(string json)
    {
        var act = () => TwinJson.Parse(Encoding.UTF8.GetBytes(json));

        act.Should().Throw<MqttProtocolException>().WithMessage("*twin*");
    }
}
