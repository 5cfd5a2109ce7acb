using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace EdgeGateway.Simulators.IotHub.Tests;

/// <summary>The gateway's own device client against the simulator, over real sockets and TLS.</summary>
public sealed class GatewayClientTests
{
    [Fact]
    public async Task Client_WholeRound_WorksAndComesBackAfterDrop()
    {
        await using var hub = await IotHubSimulator.StartAsync(new IotHubSimulatorOptions());
        var device = hub.Registry.CreateDevice("mcu-1");
        device.Twin.PatchDesired(new JsonObject { ["a"] = 1 });
        var handler = new Handler();
        using var metrics = new HubMetrics();
        await using var client = Connect(hub, device, metrics);
        using var limit = new CancellationTokenSource(TestLimits.Wait);

        client.Start(handler);
        (await handler.NextTwinAsync(t => t.DesiredVersion == 2, limit.Token)).Desired["a"]!.GetValue<int>().Should().Be(1);

        client.Report(new JsonObject { ["state"] = "ready" });
        await client.FlushReportsAsync(limit.Token);
        device.Twin.Reported["state"]!.GetValue<string>().Should().Be("ready");

        device.Twin.PatchDesired(new JsonObject { ["a"] = 2 });
        (await handler.NextTwinAsync(t => t.DesiredVersion == 3, limit.Token)).Desired["a"]!.GetValue<int>().Should().Be(2);

        await client.SendAsync(new DeviceMessage("hot"u8.ToArray(), new Dictionary<string, string> { ["$.ct"] = "text/plain" }), limit.Token);
        hub.Telemetry.Read(device.Name).Single().Properties.Should().Contain("$.ct", "text/plain");

        var call = new MethodCall("ping", JsonValue.Create(5), MethodInvoker.DefaultResponseTimeout, TimeSpan.FromSeconds(30));
        var answer = await hub.Methods.InvokeAsync(device.Name, call, limit.Token);
        (answer.Status, answer.Payload!.ToJsonString()).Should().Be((200, "\"ping 5\""));

        device.CloudToDeviceMessages.Add("hello"u8.ToArray(), new Dictionary<string, string>());
        (await handler.Messages.Reader.ReadAsync(limit.Token)).Should().Be("hello");

        hub.Sessions.Drop(device.Name).Should().BeTrue();
        device.Twin.PatchDesired(new JsonObject { ["a"] = 3 });
        (await handler.NextTwinAsync(t => t.DesiredVersion == 4, limit.Token)).Desired["a"]!.GetValue<int>().Should().Be(3);
        device.Statistics.Connects.Should().BeGreaterThan(1);
    }

    private static IDeviceConnection Connect(IotHubSimulator hub, HubIdentity device, HubMetrics metrics)
    {
        var options = Substitute.For<IOptionsMonitor<HubOptions>>();
        options.CurrentValue.Returns(new HubOptions
        {
            HostName = hub.HostName,
            Port = hub.MqttEndpoint.Port,
            ReconnectBase = TimeSpan.FromMilliseconds(10),
            ReportInterval = TimeSpan.Zero,
        });
        var factory = new DeviceConnectionFactory(
            options,
            new TlsTransport(new FileTrustSource(hub.CaFile)),
            new SharedKeyTokenProvider(Convert.FromBase64String(device.Record.PrimaryKey)),
            Substitute.For<IModuleIdentitySource>(),
            metrics,
            TimeProvider.System,
            new Random(1),
            NullLoggerFactory.Instance);
        return factory.Create(new DeviceIdentity(device.Name.DeviceId));
    }

    private sealed class Handler : IMessageHandler
    {
        private readonly Channel<TwinDocument> _twins = Channel.CreateUnbounded<TwinDocument>();

        public Channel<string> Messages { get; } = Channel.CreateUnbounded<string>();

        public async Task<TwinDocument> NextTwinAsync(Func<TwinDocument, bool> which, CancellationToken cancellationToken)
        {
            while (true)
            {
                var twin = await _twins.Reader.ReadAsync(cancellationToken);
                if (which(twin))
                {
                    return twin;
                }
            }
        }

        public ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken) => _twins.Writer.WriteAsync(twin, cancellationToken);

        public ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new MethodResponse(200, JsonValue.Create($"{request.Name} {request.Payload!.ToJsonString()}")));

        public ValueTask OnMessageAsync(DeviceMessage message, CancellationToken cancellationToken) =>
            Messages.Writer.WriteAsync(Encoding.UTF8.GetString(message.Body.Span), cancellationToken);

        public ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
