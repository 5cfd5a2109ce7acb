using System.Net;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Tests.Rest;

public sealed class ScopeEndpointsTests
{
    [Fact]
    public async Task Put_LayersByRest_HaveTheirScopes()
    {
        await using var environment = await HubEnvironment.StartAsync();

        var top = await PutAsync(environment, "/devices/top", """{"capabilities":{"iotEdge":true}}""");
        var scope = top["deviceScope"]!.GetValue<string>();
        var below = await PutAsync(environment, "/devices/below", $$"""{"capabilities":{"iotEdge":true},"parentScopes":["{{scope}}"]}""");
        var leaf = await PutAsync(environment, "/devices/leaf", $$"""{"deviceScope":"{{below["deviceScope"]}}"}""");

        below["parentScopes"]!.ToJsonString().Should().Be($"[\"{scope}\"]");
        leaf["deviceScope"]!.GetValue<string>().Should().Be(below["deviceScope"]!.GetValue<string>());
        leaf["parentScopes"]!.ToJsonString().Should().Be($"[\"{below["deviceScope"]}\"]");
        environment.Hub.Registry.Scopes.IsWithin(new IdentityName("leaf"), "top").Should().BeTrue();
        var (_, twin) = await environment.CallAsync(HttpMethod.Get, "/twins/leaf");
        twin!["deviceScope"]!.ToJsonString().Should().Be(leaf["deviceScope"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"deviceScope":"ms-azure-iot-edge://none-1"}""")]
    [InlineData("""{"parentScopes":["a","b"]}""")]
    [InlineData("""{"parentScopes":"a"}""")]
    [InlineData("""{"deviceScope":"a","parentScopes":["b"]}""")]
    public async Task Put_WrongScope_Is400(string body)
    {
        await using var environment = await HubEnvironment.StartAsync();

        var (response, _) = await environment.CallAsync(HttpMethod.Put, "/devices/leaf", body);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("devicesAndModulesInTargetDeviceScope")]
    [InlineData("getDeviceAndModuleOnBehalfOf")]
    public async Task Post_NotWithTheTokenOfTheEdgeDevice_Is401(string call)
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Hub.Registry.CreateEdgeDevice("top");
        environment.Hub.Registry.CreateEdgeDevice("other");
        var other = environment.Hub.Registry.Get(new IdentityName("other"));
        var token = new Security.TokenMaker("localhost", environment.Time).Make("devices/other", other.Record.PrimaryKey, TimeSpan.FromHours(1));

        (await AskAsync(environment, "top", call, token)).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(environment, "other", call, token)).Response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await AskAsync(environment, "top", call, "no token")).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Post_OneIdentityOfAnotherScope_IsNotTold()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var registry = environment.Hub.Registry;
        var top = registry.CreateEdgeDevice("top");
        registry.CreateDevice("leaf", parent: top);
        registry.CreateDevice("unrelated");
        var token = new Security.TokenMaker("localhost", environment.Time).Make("devices/top", top.Record.PrimaryKey, TimeSpan.FromHours(1));

        var (_, own) = await AskAsync(environment, "top", "getDeviceAndModuleOnBehalfOf", token, "leaf");
        var (_, foreign) = await AskAsync(environment, "top", "getDeviceAndModuleOnBehalfOf", token, "unrelated");

        own!["devices"]!.AsArray().Select(d => d!["deviceId"]!.GetValue<string>()).Should().Equal("leaf");
        foreign!["devices"]!.AsArray().Should().BeEmpty();
    }

    private static async Task<JsonNode> PutAsync(HubEnvironment environment, string path, string body)
    {
        var (response, answer) = await environment.CallAsync(HttpMethod.Put, path, body);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return answer!;
    }

    private static async Task<(HttpResponseMessage Response, JsonNode? Body)> AskAsync(
        HubEnvironment environment, string edge, string call, string token, string target = "leaf")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/devices/{edge}/modules/$edgeHub/{call}?api-version=2020-06-30-preview")
        {
            Content = new StringContent($$"""{"targetDeviceId":"{{target}}"}"""),
        };
        request.Headers.TryAddWithoutValidation("Authorization", token);
        var response = await environment.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
