using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Hub.Tests.Connections;

public sealed class HubOptionsTests
{
    [Fact]
    public void Value_Defaults_AreAsDocumented()
    {
        var options = Read(new() { ["Hub:HostName"] = "hub" });

        options.Should().BeEquivalentTo(new
        {
            HostName = "hub",
            GatewayHostName = (string?)null,
            Transport = (HubTransport?)null,
            EffectiveTransport = HubTransport.Mqtt,
            Port = (int?)null,
            EffectivePort = 8883,
            ProxyUrl = (Uri?)null,
            GatewayConnectTimeout = TimeSpan.FromSeconds(5),
            GatewayConnectPause = TimeSpan.FromMilliseconds(200),
            GatewayMaxClients = 100,
            TrustedCaFile = (string?)null,
            OperationTimeout = TimeSpan.FromSeconds(30),
            KeepAlive = TimeSpan.FromMinutes(2),
            TokenLifetime = TimeSpan.FromHours(1),
            ReconnectBase = TimeSpan.FromMilliseconds(500),
            ReconnectMax = TimeSpan.FromMinutes(1),
            RefusedRetryMax = TimeSpan.FromMinutes(5),
            ReportInterval = TimeSpan.FromSeconds(1),
            ConnectsPerSecond = 20,
            TwinRefreshInterval = TimeSpan.FromMinutes(30),
        });
    }

    [Fact]
    public void Value_NoHostButAModuleIdentity_TakesItsHub() =>
        Read(new() { ["EdgeHubConnectionString"] = "HostName=fromedge;DeviceId=d;ModuleId=m;SharedAccessKey=AAAA" }).HostName.Should().Be("fromedge");

    [Theory]
    [InlineData(null, null, HubTransport.Mqtt, 8883)]
    [InlineData("MqttWs", null, HubTransport.WebSockets, 443)]
    [InlineData("amqpws", null, HubTransport.WebSockets, 443)]
    [InlineData("Amqp", null, HubTransport.Mqtt, 8883)]
    [InlineData("AmqpWs", "Mqtt", HubTransport.Mqtt, 8883)]
    [InlineData("Mqtt", "WebSockets", HubTransport.WebSockets, 443)]
    public void Value_UpstreamProtocol_IsTheTransportUnlessTheSettingsSay(string? upstream, string? setting, HubTransport expected, int port)
    {
        var options = Read(new() { ["Hub:HostName"] = "hub", ["UpstreamProtocol"] = upstream, ["Hub:Transport"] = setting });

        (options.EffectiveTransport, options.EffectivePort).Should().Be((expected, port));
    }

    [Fact]
    public void Value_UnknownUpstreamProtocol_NamesTheKnownOnes()
    {
        var act = () => Read(new() { ["Hub:HostName"] = "hub", ["UpstreamProtocol"] = "Carrier pigeon" });

        act.Should().Throw<IdentityConfigurationException>().WithMessage("*'Carrier pigeon'*Amqp, AmqpWs, Mqtt or MqttWs*");
    }

    [Theory]
    [InlineData("ProxyUrl", "socks5://proxy:1080", "*Hub:ProxyUrl*http or https*")]
    [InlineData("Port", "0", "*Port*")]
    [InlineData("KeepAlive", "00:20:00", "*KeepAlive*")]
    [InlineData("HostName", "https://hub:1", "*Hub:HostName is 'https://hub:1'*")]
    [InlineData("HostName", "", "*Hub:HostName is not set*")]
    [InlineData("ReconnectBase", "00:00:50", "*Hub:ReconnectMax is 00:00:01*")]
    public void Value_OutOfRange_SaysWhichKey(string key, string value, string message)
    {
        var act = () => Read(new() { ["Hub:HostName"] = "hub", ["Hub:ReconnectMax"] = "00:00:01", [$"Hub:{key}"] = value });

        act.Should().Throw<OptionsValidationException>().WithMessage(message);
    }

    private static HubOptions Read(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddHub().BuildServiceProvider();
        return services.GetRequiredService<IOptions<HubOptions>>().Value;
    }
}
