using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Hub.Tests.Connections.Transport;
using EdgeGateway.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeGateway.Hub.Tests.Connections;

/// <summary>Everything real but the hub: registration, options, keys, TCP, TLS with an authority of our own.</summary>
public sealed class LoopbackTests
{
    [Fact]
    public async Task AddHub_OverTls_ConnectsSendsAndReports()
    {
        using var folder = new TempFolder();
        using var authority = new TestAuthority();
        using var server = new TlsServer(authority.Issue("localhost"));
        await File.WriteAllTextAsync(folder.File("ca.pem"), authority.Pem);
        await File.WriteAllTextAsync(folder.File("keys.json"), $$"""{"mcu-07":"{{Convert.ToBase64String(TestEnvironment.Key)}}"}""");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Hub:HostName"] = "localhost",
            ["Hub:Port"] = $"{server.Port}",
            ["Hub:TrustedCaFile"] = folder.File("ca.pem"),
            ["Credentials:KeysFile"] = folder.File("keys.json"),
        }).Build();
        await using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddHub().BuildServiceProvider();
        var handler = new RecordingHandler();
        var connection = services.GetRequiredService<IDeviceConnectionFactory>().Create(new DeviceIdentity("mcu-07"));

        connection.Start(handler);
        await using var stream = (await server.AcceptAsync().WaitAsync(TestEnvironment.Patience))!;
        var peer = new HubPeer(stream);
        await peer.OpenAsync();
        await handler.NextTwinAsync();
        SharedAccessSignature.Parse(peer.Connect.Password!).Check(TestEnvironment.Key, "localhost/devices/mcu-07", DateTimeOffset.UtcNow)
            .Should().Be(SharedAccessSignatureCheck.Valid);

        var send = connection.SendAsync(new DeviceMessage(new byte[100_000], new Dictionary<string, string>()), default);
        var (_, packet) = await peer.ReceiveTopicAsync<TelemetryTopic>();
        packet.Payload.Length.Should().Be(100_000);
        await peer.SendAsync(new PubAckPacket(packet.PacketId));
        await send;
        connection.Report(new JsonObject { ["a"] = 1 });
        await peer.AnswerReportAsync();
        await connection.FlushReportsAsync(default);

        var disposing = connection.DisposeAsync();
        (await peer.ReceiveAsync()).Should().BeOfType<DisconnectPacket>();
        await disposing;
    }
}
