using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Tests.Settings;

public sealed class RuntimeEnvironmentTests
{
    [Theory]
    [InlineData("debug", RuntimeLogLevel.Debug)]
    [InlineData("Warning", RuntimeLogLevel.Warning)]
    [InlineData("information", RuntimeLogLevel.Info)]
    [InlineData("loud", null)]
    [InlineData("3", null)]
    [InlineData(null, null)]
    public void From_RuntimeLogLevel_IsTakenWhereKnown(string? text, RuntimeLogLevel? expected) =>
        RuntimeEnvironment.From(name => name == "RuntimeLogLevel" ? text : null).LogLevel.Should().Be(expected);

    [Fact]
    public void From_UpstreamProtocolUnknown_IsAMistakeThatLeavesTheIdentity()
    {
        var environment = RuntimeEnvironment.From(name => name switch
        {
            "EdgeHubConnectionString" => "HostName=h;DeviceId=d;ModuleId=m;SharedAccessKey=AAAA",
            "UpstreamProtocol" => "Smoke",
            _ => null,
        });

        environment.Identity!.Identity.ToString().Should().Be("d/m");
        environment.Transport.Should().BeNull();
        environment.Mistakes.Should().ContainSingle().Which.Should().Contain("'Smoke'");
    }

    [Fact]
    public void From_UpstreamProtocolOfWebSockets_IsTheTransport() =>
        RuntimeEnvironment.From(name => name == "UpstreamProtocol" ? "AmqpWs" : null).Transport.Should().Be(HubTransport.WebSockets);
}
