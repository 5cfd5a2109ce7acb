using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Hub.Tests.Connections.Transport;
using EdgeGateway.Testing;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace EdgeGateway.Hub.Tests.Identity;

public sealed class ConfiguredTrustSourceTests
{
    private static readonly HubEndpoint Cloud = new("hub", null, 8883);
    private static readonly HubEndpoint Gateway = new("hub", "gw", 8883);
    private static readonly X509Certificate2Collection Bundle = [];
    private readonly HubOptions _options = new();

    [Fact]
    public async Task GetRootsAsync_FileSet_CountsForEverything()
    {
        using var folder = new TempFolder();
        using var authority = new TestAuthority();
        await File.WriteAllTextAsync(folder.File("ca.pem"), authority.Pem);
        _options.TrustedCaFile = folder.File("ca.pem");

        (await Source().GetRootsAsync(Cloud, default)).Should().ContainSingle();
        (await Source().GetRootsAsync(Gateway, default)).Should().ContainSingle();
    }

    [Fact]
    public async Task GetRootsAsync_NoFile_BundleVouchesForTheGatewayAndTheSystemForTheCloud()
    {
        (await Source().GetRootsAsync(Gateway, default)).Should().BeSameAs(Bundle);
        (await Source().GetRootsAsync(Cloud, default)).Should().BeNull();
    }

    [Fact]
    public async Task GetRootsAsync_HubItselfNamedAsGateway_SystemVouches() =>
        (await Source().GetRootsAsync(new HubEndpoint("contoso.azure-devices.net", "Contoso.azure-devices.net", 8883), default)).Should().BeNull();

    private ConfiguredTrustSource Source()
    {
        var options = Substitute.For<IOptionsMonitor<HubOptions>>();
        options.CurrentValue.Returns(_options);
        var module = Substitute.For<IModuleIdentitySource>();
        module.Current.Returns(new ModuleIdentity(new DeviceIdentity("edge", "gateway"), "hub", "gw", Substitute.For<ITokenProvider>(), new BundleTrust()));
        return new ConfiguredTrustSource(options, module);
    }

    private sealed class BundleTrust : ITrustSource
    {
        public ValueTask<X509Certificate2Collection?> GetRootsAsync(HubEndpoint endpoint, CancellationToken cancellationToken) => new(Bundle);
    }
}
