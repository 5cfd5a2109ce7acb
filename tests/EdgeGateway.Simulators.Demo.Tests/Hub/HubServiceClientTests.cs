using System.Net;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.Demo.Hub;

namespace EdgeGateway.Simulators.Demo.Tests.Hub;

public sealed class HubServiceClientTests : IAsyncLifetime
{
    private FakeHub _hub = null!;

    public async Task InitializeAsync() => _hub = await FakeHub.StartAsync();

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task CreateDevice_PutsIdentityWithItsKey()
    {
        _hub.Answers["PUT /devices/mcu-01"] = (HttpStatusCode.OK, "{}");
        using var client = _hub.Client();

        var scope = await client.CreateDeviceAsync("mcu-01", "a2V5", isEdge: true, CancellationToken.None);

        scope.Should().BeNull();
        var (call, authorization, body, _) = _hub.Calls.Should().ContainSingle().Subject;
        call.Should().Be("PUT /devices/mcu-01?api-version=2021-04-12");
        authorization.Should().StartWith("SharedAccessSignature sr=hub.test&sig=");
        var json = JsonNode.Parse(body)!;
        json["deviceId"]!.GetValue<string>().Should().Be("mcu-01");
        json["authentication"]!["symmetricKey"]!["primaryKey"]!.GetValue<string>().Should().Be("a2V5");
        json["capabilities"]!["iotEdge"]!.GetValue<bool>().Should().BeTrue();
    }

    [Theory]
    [InlineData(true, """{"parentScopes":["above"]}""")]
    [InlineData(false, """{"deviceScope":"above"}""")]
    public async Task CreateDevice_BelowAnother_NamesItsScopeAndHandsOutItsOwn(bool isEdge, string expected)
    {
        _hub.Answers["PUT /devices/edge"] = (HttpStatusCode.OK, """{"deviceScope":"own"}""");
        using var client = _hub.Client();

        var scope = await client.CreateDeviceAsync("edge", "a2V5", isEdge, CancellationToken.None, "above");

        scope.Should().Be("own");
        var body = JsonNode.Parse(_hub.Calls.Single().Body)!.AsObject();
        new JsonObject(body.Where(value => value.Key.Contains("Scope", StringComparison.Ordinal)).Select(value => KeyValuePair.Create(value.Key, value.Value?.DeepClone())))
            .ToJsonString().Should().Be(expected);
    }

    [Fact]
    public async Task CreateDevice_ThereAlready_IsGivenTheKey()
    {
        _hub.Answers["PUT /devices/mcu-01"] = (HttpStatusCode.Conflict, """{"Message":"ErrorCode:DeviceAlreadyExists"}""");
        using var client = _hub.Client();

        var create = () => client.CreateDeviceAsync("mcu-01", "a2V5", isEdge: false, CancellationToken.None);

        (await create.Should().ThrowAsync<HubRestException>("this hub has nothing but conflicts")).Which.Status.Should().Be(HttpStatusCode.Conflict);
        _hub.Calls.Select(call => call.IfMatch).Should().Equal("", "*");
    }

    [Fact]
    public async Task CreateModule_PutsItBelowItsDevice()
    {
        _hub.Answers["PUT /devices/edge/modules/gw"] = (HttpStatusCode.OK, "{}");
        using var client = _hub.Client();

        await client.CreateModuleAsync("edge", "gw", "a2V5", CancellationToken.None);

        JsonNode.Parse(_hub.Calls.Single().Body)!["moduleId"]!.GetValue<string>().Should().Be("gw");
    }

    [Fact]
    public async Task GetTwin_HandsOutTheDocument()
    {
        _hub.Answers["GET /twins/mcu-01"] = (HttpStatusCode.OK, """{"properties":{"reported":{"x":1}}}""");
        using var client = _hub.Client();

        var twin = await client.GetTwinAsync("mcu-01", CancellationToken.None);

        twin.GetProperty("properties").GetProperty("reported").GetProperty("x").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task PatchDesired_WrapsThePatch()
    {
        _hub.Answers["PATCH /twins/mcu-01"] = (HttpStatusCode.OK, "{}");
        using var client = _hub.Client();

        await client.PatchDesiredAsync("mcu-01", new JsonObject { ["a"] = 1 }, CancellationToken.None);

        _hub.Calls.Single().Body.Should().Be("""{"properties":{"desired":{"a":1}}}""");
    }

    [Fact]
    public async Task Call_Refused_ThrowsWithCallStatusAndText()
    {
        using var client = _hub.Client();

        var get = () => client.GetTwinAsync("nobody", CancellationToken.None);

        (await get.Should().ThrowAsync<HubRestException>())
            .WithMessage("the hub answered GET twins/nobody with 404 NotFound: *DeviceNotFound*")
            .Which.Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Call_CertificateOfAnotherAuthority_IsNotTrusted()
    {
        await using var other = await FakeHub.StartAsync();
        using var client = new HubServiceClient(
            _hub.Address, new IotHubConnectionString("hub.test", "iothubowner", "c2VjcmV0"), other.Authority, TimeProvider.System);

        var get = () => client.GetTwinAsync("mcu-01", CancellationToken.None);

        await get.Should().ThrowAsync<HttpRequestException>();
        _hub.Calls.Should().BeEmpty();
    }
}
