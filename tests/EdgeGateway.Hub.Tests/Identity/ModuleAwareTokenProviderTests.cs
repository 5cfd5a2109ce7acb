using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using NSubstitute;

namespace EdgeGateway.Hub.Tests.Identity;

public sealed class ModuleAwareTokenProviderTests
{
    [Theory]
    [InlineData("edge", "gateway", "own")]
    [InlineData("edge", null, "others")]
    [InlineData("edge", "another", "others")]
    [InlineData("mcu-07", null, "others")]
    public async Task CreateTokenAsync_Identity_AsksTheOneWhoHasTheKey(string device, string? module, string expected)
    {
        var source = Substitute.For<IModuleIdentitySource>();
        source.Current.Returns(new ModuleIdentity(new DeviceIdentity("edge", "gateway"), "hub", null, new Named("own"), null));
        var provider = new ModuleAwareTokenProvider(source, new Named("others"));

        var token = await provider.CreateTokenAsync(new DeviceIdentity(device, module), "hub", DateTimeOffset.UnixEpoch, default);

        token.Should().Be(expected);
    }

    private sealed class Named(string name) : ITokenProvider
    {
        public ValueTask<string> CreateTokenAsync(
            DeviceIdentity identity, string resource, DateTimeOffset expiry, CancellationToken cancellationToken) => ValueTask.FromResult(name);
    }
}
