using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Content;
using EdgeGateway.Content.Sources;
using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Content.Sources.Paths;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Parents;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Tests.Serving.Fakes;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Parents;

/// <summary>A child at the real endpoint of a parent, over TLS.</summary>
public sealed class ParentAccessTests : IAsyncLifetime, IDisposable
{
    private const string Mtls = "azureiot://hub.example/devices/line-3/modules/gateway";
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];

    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly ParentOptions _options = new();
    private readonly HubOptions _hub = new();
    private EndpointBench _parent = null!;
    private ParentAccess? _access;
    private ContentReference _content = null!;

    public async Task InitializeAsync()
    {
        _parent = await EndpointBench.StartAsync(o => o.Children.Add(EndpointBench.Child), _time);
        _content = new ContentReference(_parent.Feed.Add(new FakeContent(Bytes)).Digest, Bytes.Length, new Uri("https://origin.example/a?sig=x"));
        _options.TrustedCaFile = _parent.File_("trust.pem");
    }

    public async Task DisposeAsync() => await _parent.DisposeAsync();

    public void Dispose()
    {
        _access?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task OpenAsync_TokenOfTheModule_Accepted()
    {
        (await ReadAsync(Source())).Should().Equal(Bytes);

        _parent.Feed.Asked.Should().ContainSingle().Which.Should().Be(_content);
    }

    [Fact]
    public async Task OpenAsync_Resumed_TheRestOnly()
    {
        var opened = await Source().OpenAsync(_content, new ResumePoint(60_000, null), CancellationToken.None);

        opened.Offset.Should().Be(60_000);
        opened.Size.Should().Be(Bytes.Length);
        await opened.Stream.DisposeAsync();
    }

    [Fact]
    public async Task OpenAsync_HttpAddress_AskedOfTheOriginAsItIs()
    {
        var address = new Uri("http://origin.example/b?sig=x");
        _parent.Feed.Add(address, new FakeContent(Bytes));

        var opened = await Source().OpenAsync(address, ResumePoint.Start, CancellationToken.None);

        (await ReadAsync(opened)).Should().Equal(Bytes);
    }

    [Fact]
    public async Task GetAuthorizationAsync_MostOfItsLifeIsOver_ANewToken()
    {
        Source();
        var first = await _access!.GetAuthorizationAsync(CancellationToken.None);
        _time.Advance(_hub.TokenLifetime * 0.79);
        (await _access.GetAuthorizationAsync(CancellationToken.None)).Should().Be(first);

        _time.Advance(_hub.TokenLifetime * 0.02);

        (await _access.GetAuthorizationAsync(CancellationToken.None)).Should().NotBe(first);
    }

    [Fact]
    public async Task OpenAsync_WrongKey_Unauthorized() =>
        (await Fails(Source(key: [1, 2, 3]), "*does not accept this gateway as its child (401 *")).Refusal.Should().Be(SourceRefusal.Unauthorized);

    [Fact]
    public async Task OpenAsync_NeitherTokenNorCertificate_Unauthorized()
    {
        _options.SendToken = false;

        (await Fails(Source(), "*does not accept*")).Refusal.Should().Be(SourceRefusal.Unauthorized);
    }

    [Fact]
    public async Task OpenAsync_ClientCertificateOfFiles_Accepted()
    {
        _options.SendToken = false;
        using var certificate = _parent.Certificates.Client(Mtls);
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(_folder.File("own.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(_folder.File("own.key"), key.ExportPkcs8PrivateKeyPem());
        (_options.ClientCertificateFile, _options.ClientKeyFile) = (_folder.File("own.pem"), _folder.File("own.key"));

        (await ReadAsync(Source())).Should().Equal(Bytes);
    }

    [Fact]
    public async Task OpenAsync_ClientCertificateMissingThenThere_ToldThenAccepted()
    {
        _options.SendToken = false;
        _options.ClientCertificateFile = _folder.File("own.pem");
        var source = Source();
        (await Fails(source, "*no certificate to show*own.pem*")).Refusal.Should().Be(SourceRefusal.Unauthorized);
        using var certificate = _parent.Certificates.Client(Mtls);
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(_folder.File("own.pem"), certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());

        (await ReadAsync(source)).Should().Equal(Bytes);
    }

    [Fact]
    public async Task OpenAsync_IdentityCertificateWithoutDaemon_Told()
    {
        _options.UseIdentityCertificate = true;

        (await Fails(Source(), "*workload API*")).Refusal.Should().Be(SourceRefusal.Unauthorized);
    }

    [Fact]
    public async Task OpenAsync_AnotherAuthority_UntrustedUntilTheFileIsMended()
    {
        using var other = new TestCertificates();
        _options.TrustedCaFile = _folder.File("trust.pem");
        File.WriteAllText(_options.TrustedCaFile, other.AuthorityPem);
        var source = Source();
        (await Fails(source, "*certificate of The parent localhost:* is not trusted*")).Refusal.Should().Be(SourceRefusal.Untrusted);

        File.WriteAllText(_options.TrustedCaFile, _parent.Certificates.AuthorityPem);

        (await ReadAsync(source)).Should().Equal(Bytes);
    }

    [Fact]
    public async Task OpenAsync_OtherHostName_Untrusted()
    {
        var source = Source(host: "127.0.0.1");

        (await Fails(source, "*not trusted*")).Refusal.Should().Be(SourceRefusal.Untrusted);
    }

    [Fact]
    public async Task OpenAsync_ParentIsThisGatewayItself_Loop()
    {
        var source = Source(instance: _parent.Instance);

        (await Fails(source, "*parents of each other*")).Refusal.Should().Be(SourceRefusal.Loop);
    }

    [Fact]
    public async Task OpenAsync_ThroughTheGatewayAlready_Loop()
    {
        _content = _content with { Via = GatewayPath.Empty.Append(_parent.Instance.Id) };

        (await Fails(Source(), "*parents of each other*")).Refusal.Should().Be(SourceRefusal.Loop);
    }

    [Fact]
    public async Task OpenAsync_NoTls_Unreachable()
    {
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        var accepting = plain.AcceptTcpClientAsync();
        var failing = Fails(Source(port: ((IPEndPoint)plain.LocalEndpoint).Port), "*");
        (await accepting.WaitAsync(Patience.Limit)).Dispose();

        var error = await failing;

        (error.Failure, error.Refusal).Should().Be((ContentFailure.Unreachable, SourceRefusal.None));
    }

    private ParentContentSource Source(byte[]? key = null, string host = "localhost", int? port = null, GatewayInstance? instance = null)
    {
        var identity = new ModuleIdentity(
            new DeviceIdentity("line-3", "gateway"),
            EndpointBench.Hub,
            null,
            new SharedKeyTokenProvider(key ?? DerivedKey.Compute(EndpointBench.GroupKey, EndpointBench.Child)),
            null);
        var module = new RuntimeEnvironment(null, identity, []);
        var options = new FixedOptions<ParentOptions>(_options);
        _access = new ParentAccess(
            [new Uri($"https://{host}:{port ?? _parent.Https.Port}/")],
            options,
            module,
            new SystemTrustSource(),
            identity.Tokens,
            new FixedOptions<HubOptions>(_hub),
            _time);
        return new ParentContentSource(0, _access, instance ?? new GatewayInstance(), options, _time);
    }

    private async Task<ContentException> Fails(ParentContentSource source, string text)
    {
        var open = () => source.OpenAsync(_content, ResumePoint.Start, CancellationToken.None).WaitAsync(Patience.Limit);
        return (await open.Should().ThrowAsync<ContentException>().WithMessage(text)).Which;
    }

    private async Task<byte[]> ReadAsync(ParentContentSource source) =>
        await ReadAsync(await source.OpenAsync(_content, ResumePoint.Start, CancellationToken.None).WaitAsync(Patience.Limit));

    private static async Task<byte[]> ReadAsync(OpenedContent opened)
    {
        var bytes = new MemoryStream();
        await using var stream = opened.Stream;
        await stream.CopyToAsync(bytes).WaitAsync(Patience.Limit);
        return bytes.ToArray();
    }
}
