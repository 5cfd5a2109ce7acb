using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Registry;

public sealed class DeviceScopesTests
{
    private readonly IdentityRegistry _registry = new(new VirtualTime());

    [Fact]
    public void Create_EdgeDevice_HasAScopeOfItsOwnAndItsEdgeHub()
    {
        var top = _registry.CreateEdgeDevice("top");
        var below = _registry.CreateEdgeDevice("below", top);

        top.Record.DeviceScope.Should().StartWith("ms-azure-iot-edge://top-");
        top.Record.ParentScope.Should().BeNull();
        below.Record.DeviceScope.Should().StartWith("ms-azure-iot-edge://below-");
        below.Record.ParentScope.Should().Be(top.Record.DeviceScope);
        _registry.Find(new IdentityName("top", IdentityName.EdgeHubModule)).Should().NotBeNull();
    }

    [Fact]
    public void Of_EdgeDevice_IsAllBelowWithModules()
    {
        var top = _registry.CreateEdgeDevice("top");
        var below = _registry.CreateEdgeDevice("below", top);
        _registry.CreateModule("below", "gateway");
        _registry.CreateDevice("leaf", parent: below).Record.DeviceScope.Should().Be(below.Record.DeviceScope);
        _registry.CreateDevice("unrelated");

        Names("top").Should().Equal("below", "below/$edgeHub", "below/gateway", "leaf", "top", "top/$edgeHub");
        Names("below").Should().Equal("below", "below/$edgeHub", "below/gateway", "leaf");
        _registry.Scopes.Above(new IdentityName("leaf")).Select(e => e.Name.DeviceId).Should().Equal("below", "top");
    }

    [Fact]
    public void Update_OtherParent_Moves()
    {
        var (one, two) = (_registry.CreateEdgeDevice("one"), _registry.CreateEdgeDevice("two"));
        _registry.CreateDevice("leaf", parent: one);

        _registry.Update(new IdentityName("leaf"), new IdentityChange(ParentScope: two.Record.DeviceScope), null);
        Names("one").Should().NotContain("leaf");
        Names("two").Should().Contain("leaf");

        _registry.Update(new IdentityName("leaf"), new IdentityChange(ParentScope: ""), null);
        Names("two").Should().NotContain("leaf");
    }

    [Fact]
    public void Update_BelowItself_IsRefused()
    {
        var top = _registry.CreateEdgeDevice("top");
        var below = _registry.CreateEdgeDevice("below", top);

        Refused(() => _registry.Update(top.Name, new IdentityChange(ParentScope: below.Record.DeviceScope), null));
        Refused(() => _registry.Update(top.Name, new IdentityChange(ParentScope: top.Record.DeviceScope), null));
    }

    [Fact]
    public void Create_UnknownScope_IsRefused() =>
        Refused(() => _registry.Create(new IdentityName("leaf"), new IdentityChange(ParentScope: "ms-azure-iot-edge://none-1")));

    [Fact]
    public void Create_DeeperThanAllowed_IsRefused()
    {
        var edge = _registry.CreateEdgeDevice("edge-0");
        for (var layer = 1; layer <= DeviceScopes.MaxNesting; layer++)
        {
            edge = _registry.CreateEdgeDevice($"edge-{layer}", edge);
        }

        _registry.CreateDevice("leaf", parent: edge);
        Refused(() => _registry.CreateEdgeDevice("edge-6", edge));
    }

    private static void Refused(Action action) =>
        action.Should().Throw<HubRequestException>().Which.Error.Should().Be(HubError.ArgumentInvalid);

    private IEnumerable<string> Names(string edge) => _registry.Scopes.Of(edge).Select(i => i.Name.ToString());
}
