using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Testing;

namespace EdgeGateway.Hub.Tests.Connections.Transport;

public sealed class TlsTransportTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task ConnectAsync_TrustedAuthority_CarriesBytes(SslProtocols protocol)
    {
        using var server = new TlsServer(_authority.Issue("localhost"));
        var accepting = server.AcceptAsync(protocol);

        await using var client = await ConnectAsync("localhost", server.Port);
        await using var peer = (await accepting)!;
        await client.WriteAsync("hello"u8.ToArray());
        var received = new byte[5];
        await peer.ReadExactlyAsync(received);

        received.Should().Equal("hello"u8.ToArray());
        peer.SslProtocol.Should().Be(protocol);
    }

    [Fact]
    public async Task ConnectAsync_OtherAuthority_IsUntrusted()
    {
        using var other = new TestAuthority("Other CA");
        using var server = new TlsServer(other.Issue("localhost"));
        _ = server.AcceptAsync();

        var e = await FailureAsync(() => ConnectAsync("localhost", server.Port));

        e.Failure.Should().Be(HubFailure.Untrusted);
        e.Message.Should().Contain("localhost").And.Contain("not trusted");
    }

    [Fact]
    public async Task ConnectAsync_SystemTrust_DoesNotTrustTheTestAuthority()
    {
        using var server = new TlsServer(_authority.Issue("localhost"));
        _ = server.AcceptAsync();

        var e = await FailureAsync(() => new TlsTransport(new SystemTrustSource()).ConnectAsync(new HubEndpoint("localhost", null, server.Port), default));

        e.Failure.Should().Be(HubFailure.Untrusted);
    }

    [Fact]
    public async Task ConnectAsync_CertificateOfAnotherHost_IsUntrusted()
    {
        using var server = new TlsServer(_authority.Issue("hub.example"));
        _ = server.AcceptAsync();

        var e = await FailureAsync(() => ConnectAsync("localhost", server.Port));

        e.Failure.Should().Be(HubFailure.Untrusted);
        e.Message.Should().Contain("another host").And.Contain("hub.example");
    }

    [Fact]
    public async Task ConnectAsync_Gateway_ConnectsToTheGatewaysName()
    {
        using var server = new TlsServer(_authority.Issue("127.0.0.1"));
        var accepting = server.AcceptAsync();

        await using var client = await Transport().ConnectAsync(new HubEndpoint("hub.example", "127.0.0.1", server.Port), default);

        (await accepting).Should().NotBeNull();
    }

    [Fact]
    public async Task ConnectAsync_NobodyListens_IsUnreachable()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var e = await FailureAsync(() => ConnectAsync("localhost", port));

        e.Failure.Should().Be(HubFailure.Unreachable);
        e.Message.Should().Contain("nothing listens");
    }

    [Fact]
    public async Task ConnectAsync_UnknownName_IsUnreachable()
    {
        var e = await FailureAsync(() => ConnectAsync("hub.invalid", 8883));

        e.Failure.Should().Be(HubFailure.Unreachable);
        e.Message.Should().Contain("'hub.invalid'");
    }

    [Fact]
    public async Task ConnectAsync_ServerHangsInHandshake_EndsWithItsToken()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var cancel = new CancellationTokenSource();

        var connecting = ConnectAsync("localhost", ((IPEndPoint)listener.LocalEndpoint).Port, cancel.Token);
        using var accepted = await listener.AcceptTcpClientAsync();
        await cancel.CancelAsync();

        await connecting.Invoking(c => c).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData("not PEM at all", "no certificate")]
    [InlineData(null, "cannot be read")]
    public async Task ConnectAsync_AuthorityFileUnusable_SaysWhichFile(string? content, string message)
    {
        var path = _folder.File("bad.pem");
        if (content is not null)
        {
            await File.WriteAllTextAsync(path, content);
        }

        var e = await FailureAsync(() => new TlsTransport(new FileTrustSource(path)).ConnectAsync(new HubEndpoint("localhost", null, 1), default));

        e.Failure.Should().Be(HubFailure.Untrusted);
        e.Message.Should().Contain(path).And.Contain(message);
    }

    [Fact]
    public async Task GetRootsAsync_FileReplaced_IsReadAgain()
    {
        using var other = new TestAuthority("Other CA");
        var path = _folder.File("ca.pem");
        await File.WriteAllTextAsync(path, _authority.Pem);
        var source = new FileTrustSource(path);
        var endpoint = new HubEndpoint("hub", null, 1);
        var before = await source.GetRootsAsync(endpoint, default);
        await File.WriteAllTextAsync(path, other.Pem + "\n" + _authority.Pem);
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(5));

        var after = await source.GetRootsAsync(endpoint, default);

        (before!.Count, after!.Count).Should().Be((1, 2));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private TlsTransport Transport()
    {
        var path = _folder.File("ca.pem");
        File.WriteAllText(path, _authority.Pem);
        return new TlsTransport(new FileTrustSource(path));
    }

    private Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default) =>
        Transport().ConnectAsync(new HubEndpoint(host, null, port), cancellationToken);

    private static async Task<HubException> FailureAsync(Func<Task<Stream>> connect) =>
        (await connect.Should().ThrowAsync<HubException>()).Which;
}
