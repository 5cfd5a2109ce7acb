using System.Net.Sockets;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Testing;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace EdgeGateway.Hub.Tests.Connections.Transport;

public sealed class WebSocketTransportTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TempFolder _folder = new();
    private readonly HubOptions _options = new();

    [Fact]
    public async Task ConnectAsync_TrustedAuthority_CarriesBytesBothWays()
    {
        await using var server = await WebSocketServer.StartAsync(_authority.Issue("localhost"));

        await using var client = await ConnectAsync("localhost", server.Port);
        await using var peer = await server.NextAsync();
        await client.WriteAsync(new byte[100_000]);
        var received = new byte[100_000];
        await peer.ReadExactlyAsync(received);
        await peer.WriteAsync("hello"u8.ToArray());
        var answer = new byte[5];
        (await client.ReadAsync(Memory<byte>.Empty)).Should().Be(0, "no buffer is held while nothing arrives");
        await client.ReadExactlyAsync(answer);

        answer.Should().Equal("hello"u8.ToArray());
    }

    [Fact]
    public async Task ConnectAsync_OtherAuthority_IsUntrusted()
    {
        using var other = new TestAuthority("Other CA");
        await using var server = await WebSocketServer.StartAsync(other.Issue("localhost"));

        var e = await FailureAsync("localhost", server.Port);

        e.Failure.Should().Be(HubFailure.Untrusted);
        e.Message.Should().Contain($"localhost:{server.Port}").And.Contain("not trusted");
    }

    [Fact]
    public async Task ConnectAsync_CertificateOfAnotherHost_IsUntrusted()
    {
        await using var server = await WebSocketServer.StartAsync(_authority.Issue("hub.example"));

        var e = await FailureAsync("localhost", server.Port);

        e.Failure.Should().Be(HubFailure.Untrusted);
        e.Message.Should().Contain("another host").And.Contain("hub.example");
    }

    [Theory]
    [InlineData(404, HubFailure.Unreachable, "takes no WebSockets")]
    [InlineData(401, HubFailure.Unauthorized, "does not let this client in")]
    [InlineData(429, HubFailure.Throttled, "too many requests")]
    [InlineData(503, HubFailure.Unreachable, "in trouble")]
    [InlineData(302, HubFailure.ProtocolError, "makes no WebSocket")]
    public async Task ConnectAsync_RefusedByStatus_SaysWhich(int status, HubFailure expected, string words)
    {
        await using var server = await WebSocketServer.StartAsync(_authority.Issue("localhost"));
        server.Refusal = status;

        var e = await FailureAsync("localhost", server.Port);

        e.Failure.Should().Be(expected);
        e.Message.Should().Contain($"{status}").And.Contain(words);
    }

    [Fact]
    public async Task ConnectAsync_OtherSubProtocol_IsAProtocolError()
    {
        await using var server = await WebSocketServer.StartAsync(_authority.Issue("localhost"));
        server.SubProtocol = "AMQPWSB10";

        (await FailureAsync("localhost", server.Port)).Failure.Should().Be(HubFailure.ProtocolError);
    }

    [Fact]
    public async Task ConnectAsync_NobodyListens_IsUnreachable()
    {
        using var closed = new TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        var port = ((System.Net.IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var e = await FailureAsync("localhost", port);

        e.Failure.Should().Be(HubFailure.Unreachable);
        e.Message.Should().Contain("nothing listens");
    }

    [Fact]
    public async Task ConnectAsync_UnknownName_IsUnreachable()
    {
        var e = await FailureAsync("hub.invalid", 443);

        e.Failure.Should().Be(HubFailure.Unreachable);
        e.Message.Should().Contain("'hub.invalid'");
    }

    [Fact]
    public async Task ConnectAsync_ByProxyWithLogin_GoesThroughItWithTlsEndToEnd()
    {
        await using var server = await WebSocketServer.StartAsync(_authority.Issue("localhost"));
        using var proxy = new ConnectProxy("plant:p@ss");
        _options.ProxyUrl = new Uri($"http://plant:p%40ss@127.0.0.1:{proxy.Port}");

        await using var client = await ConnectAsync("localhost", server.Port);
        await using var peer = await server.NextAsync();
        await client.WriteAsync("x"u8.ToArray());

        (await peer.ReadAsync(new byte[1])).Should().Be(1);
        proxy.Asked.Should().Equal($"localhost:{server.Port}");
    }

    [Fact]
    public async Task ConnectAsync_ProxyRefusesTheLogin_NamesTheProxy()
    {
        using var proxy = new ConnectProxy("plant:other");
        _options.ProxyUrl = new Uri($"http://plant:wrong@127.0.0.1:{proxy.Port}");

        var e = await FailureAsync("localhost", 443);

        e.Failure.Should().Be(HubFailure.Unreachable);
        e.Message.Should().Contain("proxy").And.Contain("407").And.NotContain("wrong");
    }

    [Fact]
    public async Task Read_LineLost_IsAnIoExceptionForReadAndWrite()
    {
        await using var server = await WebSocketServer.StartAsync(_authority.Issue("localhost"));
        await using var client = await ConnectAsync("localhost", server.Port);
        await server.NextAsync();
        var reading = client.ReadAsync(new byte[1]).AsTask();

        server.Abort();

        await reading.Invoking(r => r).Should().ThrowAsync<IOException>();
        await client.Awaiting(c => c.WriteAsync(new byte[1]).AsTask()).Should().ThrowAsync<IOException>();
        await client.Awaiting(c => c.ReadAsync(new byte[1]).AsTask()).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task Mqtt_OverWebSockets_ConnectsFollowsAndSeesTheClose()
    {
        await using var server = await WebSocketServer.StartAsync(_authority.Issue("localhost"));
        await using var env = new TestEnvironment { Transport = Transport() };
        env.Options.HostName = "localhost";
        env.Options.Port = server.Port;
        env.Options.Transport = HubTransport.WebSockets;
        env.Connection.Start(env.Handler);
        var peer = new HubPeer(await server.NextAsync());
        await peer.OpenAsync();

        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(1);
        peer.Connect.KeepAliveSeconds.Should().Be(45, "proxies close what is silent for a minute");
        var ping = peer.ReceiveAsync<PingReqPacket>();
        await env.AdvanceUntilAsync(ping, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2));
        await peer.SendAsync(new PingRespPacket());
        peer.Close();
        (await env.Handler.NextStatusAsync(s => s.Failure is not null)).Should().BeEquivalentTo(new { Failure = HubFailure.Unreachable, Detail = "The hub closed the connection." });
        var again = server.NextAsync();
        await env.AdvanceUntilAsync(again, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2));
        await new HubPeer(await again).OpenAsync();

        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(1);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private WebSocketTransport Transport()
    {
        var path = _folder.File("ca.pem");
        File.WriteAllText(path, _authority.Pem);
        var options = Substitute.For<IOptionsMonitor<HubOptions>>();
        options.CurrentValue.Returns(_options);
        return new WebSocketTransport(new FileTrustSource(path), options);
    }

    private Task<Stream> ConnectAsync(string host, int port) =>
        Transport().ConnectAsync(new HubEndpoint(host, null, port, HubTransport.WebSockets), default);

    private async Task<HubException> FailureAsync(string host, int port) =>
        (await FluentActions.Awaiting(() => ConnectAsync(host, port)).Should().ThrowAsync<HubException>()).Which;
}
