using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Hub.Tests.Connections.Transport;
using EdgeGateway.Testing;

namespace EdgeGateway.Hub.Tests.Identity;

public sealed class WorkloadClientTests : IDisposable
{
    private static readonly DateTimeOffset Expiry = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly HubEndpoint Gateway = new("hub", "gw", 8883);
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task CreateTokenAsync_DaemonSigns_TokenIsValid()
    {
        await using var daemon = await WorkloadStandIn.StartAsync(_folder.File("workload.sock"), "");
        using var client = Client("gateway");

        var token = await new WorkloadTokenProvider(client).CreateTokenAsync(
            new DeviceIdentity("edge", "gateway"), "hub/devices/edge/modules/gateway", Expiry, default);

        SharedAccessSignature.Parse(token).Check(WorkloadStandIn.Key, "hub/devices/edge/modules/gateway", Expiry.AddDays(-1))
            .Should().Be(SharedAccessSignatureCheck.Valid);
    }

    [Fact]
    public async Task CreateTokenAsync_DaemonRefuses_SaysStatusAndText()
    {
        await using var daemon = await WorkloadStandIn.StartAsync(_folder.File("workload.sock"), "");
        using var client = Client("stranger");

        var act = async () => await new WorkloadTokenProvider(client).CreateTokenAsync(new DeviceIdentity("edge", "stranger"), "hub", Expiry, default);

        (await act.Should().ThrowAsync<HubException>().WithMessage("*status 404*module not found*")).Which.Failure.Should().Be(HubFailure.Unauthorized);
    }

    [Fact]
    public async Task CreateTokenAsync_DaemonAway_SaysWhere()
    {
        using var client = Client("gateway");

        var act = async () => await new WorkloadTokenProvider(client).CreateTokenAsync(new DeviceIdentity("edge", "gateway"), "hub", Expiry, default);

        await act.Should().ThrowAsync<HubException>().WithMessage("*workload.sock*");
    }

    [Fact]
    public async Task CreateIdentityCertificateAsync_DaemonMakesOne_CertificateAndKey()
    {
        await using var daemon = await WorkloadStandIn.StartAsync(_folder.File("workload.sock"), "");
        using var client = Client("gateway");

        var issued = await client.CreateIdentityCertificateAsync(Expiry, default);

        issued.Should().Be(new IssuedCertificate("until 2030-01-01T00:00:00Z", "the key"));
    }

    [Fact]
    public async Task GetRootsAsync_DaemonHasBundle_GivesItsAuthorities()
    {
        using var authority = new TestAuthority();
        await using var daemon = await WorkloadStandIn.StartAsync(_folder.File("workload.sock"), authority.Pem);
        using var client = Client("gateway");

        (await new WorkloadTrustSource(client).GetRootsAsync(Gateway, default)).Should().ContainSingle();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public async Task GetRootsAsync_BundleUnusable_IsUntrusted(string bundle)
    {
        await using var daemon = await WorkloadStandIn.StartAsync(_folder.File("workload.sock"), bundle);
        using var client = Client("gateway");

        var act = async () => await new WorkloadTrustSource(client).GetRootsAsync(Gateway, default);

        (await act.Should().ThrowAsync<HubException>()).Which.Failure.Should().Be(HubFailure.Untrusted);
    }

    public void Dispose() => _folder.Dispose();

    private WorkloadClient Client(string module) => new(new Uri($"unix://{_folder.File("workload.sock")}"), module, "637");
}
