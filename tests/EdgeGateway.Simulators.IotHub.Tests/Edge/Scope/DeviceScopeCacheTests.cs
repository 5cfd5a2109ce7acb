using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Edge.Scope;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Simulators.IotHub.Tests.Edge.Scope;

public sealed class DeviceScopeCacheTests : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(120);
    private static readonly IdentityName Name = new("mcu-1");
    private readonly VirtualTime _time = new();
    private readonly IdentityRegistry _registry;
    private readonly FakeScopeSource _source = new();
    private readonly DeviceScopeCache _cache;

    public DeviceScopeCacheTests()
    {
        _registry = new IdentityRegistry(_time, holdsCopies: true);
        _cache = new DeviceScopeCache(_registry, _source, Delay, _time, NullLogger.Instance);
    }

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task Refresh_CreatedAMomentAfterItKnocked_IsUnknownForTheWholeDelay()
    {
        (await _cache.RefreshAsync(Name, default)).Should().BeTrue();
        _source.Documents = [Document("1")];

        (await _cache.RefreshAsync(Name, default)).Should().BeFalse();
        _time.Advance(Delay - TimeSpan.FromSeconds(1));
        (await _cache.RefreshAsync(Name, default)).Should().BeFalse();
        _registry.Find(Name).Should().BeNull();

        _time.Advance(TimeSpan.FromSeconds(1));
        (await _cache.RefreshAsync(Name, default)).Should().BeTrue();
        _registry.Find(Name).Should().NotBeNull();
    }

    [Fact]
    public async Task Refresh_HubAway_IsTriedAgainAtOnce()
    {
        _source.IsAway = true;
        (await _cache.RefreshAsync(Name, default)).Should().BeFalse();
        _source.IsAway = false;

        (await _cache.RefreshAsync(Name, default)).Should().BeTrue();
    }

    [Fact]
    public async Task RefreshAll_WhatIsGone_IsRemoved()
    {
        _source.Documents = [Document("1")];
        var revoked = new List<IdentityName>();
        _registry.Revoked += revoked.Add;

        (await _cache.RefreshAllAsync(default)).Should().BeTrue();
        _registry.Find(Name).Should().NotBeNull();
        _source.Documents = [];
        (await _cache.RefreshAllAsync(default)).Should().BeTrue();

        _registry.Find(Name).Should().BeNull();
        revoked.Should().Equal(Name);
    }

    [Fact]
    public async Task RefreshAll_OtherGeneration_BeginsWithAnEmptyTwin()
    {
        _source.Documents = [Document("1")];
        await _cache.RefreshAllAsync(default);
        _registry.Get(Name).Twin.Adopt(new JsonObject { ["a"] = 1 }, 5, [], 5);

        await _cache.RefreshAllAsync(default);
        _registry.Get(Name).Twin.DesiredVersion.Should().Be(5);
        _source.Documents = [Document("2")];
        await _cache.RefreshAllAsync(default);

        _registry.Get(Name).Twin.DesiredVersion.Should().Be(0);
    }

    [Fact]
    public async Task RefreshAll_HubAway_KeepsWhatIsKnown()
    {
        _source.Documents = [Document("1")];
        await _cache.RefreshAllAsync(default);
        _source.IsAway = true;

        (await _cache.RefreshAllAsync(default)).Should().BeFalse();

        _registry.Find(Name).Should().NotBeNull();
    }

    private static JsonObject Document(string generation) => new()
    {
        ["deviceId"] = Name.DeviceId,
        ["generationId"] = generation,
        ["status"] = "enabled",
        ["authentication"] = new JsonObject
        {
            ["symmetricKey"] = new JsonObject { ["primaryKey"] = SymmetricKey.New(), ["secondaryKey"] = SymmetricKey.New() },
        },
    };
}
