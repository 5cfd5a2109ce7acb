using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Tests.Rest;

public sealed class QueryEndpointsTests
{
    [Fact]
    public async Task Post_Where_GivesMatchingTwins()
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Hub.Registry.CreateDevice("other");
        environment.Device.Twin.Update(new JsonObject { ["site"] = "a" }, null, replace: false, ifMatch: null);

        var (response, body) = await environment.CallAsync(
            HttpMethod.Post, "/devices/query", """{"query":"SELECT * FROM devices WHERE tags.site = 'a'"}""");

        response.Headers.GetValues("x-ms-item-type").Should().Equal("twin");
        body!.AsArray().Select(t => t!["deviceId"]!.GetValue<string>()).Should().Equal("mcu-07");
    }

    [Fact]
    public async Task Post_Pages_ContinueToTheEnd()
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Hub.Registry.CreateDevice("a");
        environment.Hub.Registry.CreateDevice("b");
        string? continuation = null;
        var found = new List<string>();
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/devices/query?api-version=2021-04-12");
            request.Content = new StringContent("""{"query":"SELECT * FROM devices"}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            request.Headers.Add("x-ms-max-item-count", "2");
            if (continuation is not null)
            {
                request.Headers.Add("x-ms-continuation", continuation);
            }

            using var response = await environment.Http.SendAsync(request);
            found.AddRange(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray().Select(t => t!["deviceId"]!.GetValue<string>()));
            continuation = response.Headers.TryGetValues("x-ms-continuation", out var values) ? values.Single() : null;
        }
        while (continuation is not null);

        found.Should().Equal("a", "b", "mcu-07");
    }

    [Fact]
    public async Task Post_NotUnderstood_Is400()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Post, "/devices/query", """{"query":"SELECT * FROM devices.jobs"}"""),
            HttpStatusCode.BadRequest,
            "ArgumentInvalid",
            400004);
    }
}
