using EdgeGateway.Hub.Identity;
using EdgeGateway.Simulators.IotHub.Edge;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Tests.Edge;

public sealed class EdgeCredentialsTests
{
    private const string Key = "c2VjcmV0LWtleS1vZi0yNC1ieXRlcyE=";

    [Theory]
    [InlineData($"HostName=hub;DeviceId=edge;ModuleId=$edgeHub;SharedAccessKey={Key}", "$edgeHub")]
    [InlineData($" SharedAccessKey={Key};HostName=hub;DeviceId=edge;\n", null)]
    public void Parse_ConnectionString_IsTaken(string text, string? module)
    {
        var credentials = EdgeCredentials.Parse(text);

        credentials.HostName.Should().Be("hub");
        credentials.Name.Should().Be(new IdentityName("edge", module));
    }

    [Theory]
    [InlineData($"HostName=hub;SharedAccessKey={Key}", "*DeviceId is missing*")]
    [InlineData("HostName=hub;DeviceId=edge", "*SharedAccessKey is missing*")]
    [InlineData("HostName=hub;DeviceId=edge;SharedAccessKey=top*secret", "*SharedAccessKey is not base64*")]
    [InlineData($"HostName=hub;DeviceId=edge;ModuleId=other;SharedAccessKey={Key}", "*ModuleId is 'other'*")]
    [InlineData("nonsense", "*name=value*")]
    public void Parse_Wrong_SaysWhatWithoutTheSecret(string text, string message) =>
        FluentActions.Invoking(() => EdgeCredentials.Parse(text)).Should().Throw<FormatException>()
            .WithMessage(message).Which.Message.Should().NotContain("secret").And.NotContain(Key);

    [Fact]
    public void CreateToken_Module_IsGoodForIt()
    {
        var now = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var credentials = new EdgeCredentials("hub", new IdentityName("edge", "$edgeHub"), Key);

        var token = SharedAccessSignature.Parse(credentials.CreateToken(now + TimeSpan.FromHours(1)));

        token.Check(Convert.FromBase64String(Key), "hub/devices/edge/modules/$edgeHub", now).Should().Be(SharedAccessSignatureCheck.Valid);
    }
}
