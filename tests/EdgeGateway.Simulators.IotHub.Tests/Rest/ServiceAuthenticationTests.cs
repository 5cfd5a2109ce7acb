using System.Net;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Tests.Security;

namespace EdgeGateway.Simulators.IotHub.Tests.Rest;

public sealed class ServiceAuthenticationTests
{
    [Fact]
    public async Task Call_TokenOfDevice_Is401()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ShouldBeRefusedAsync(environment, new TokenMaker("localhost", environment.Time)
            .Make(string.Empty, environment.Device.Record.PrimaryKey, TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task Call_WrongKey_Is401()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ShouldBeRefusedAsync(environment, new TokenMaker("localhost", environment.Time)
            .Make(string.Empty, SymmetricKey.New(), TimeSpan.FromHours(1), "iothubowner"));
    }

    [Fact]
    public async Task Call_ExpiredOrAbsentToken_Is401()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var key = environment.Hub.ConnectionString.Split("SharedAccessKey=")[1];

        await ShouldBeRefusedAsync(environment, new TokenMaker("localhost", environment.Time)
            .Make(string.Empty, key, TimeSpan.Zero, "iothubowner"));
        await ShouldBeRefusedAsync(environment, null);
    }

    [Fact]
    public async Task Call_WithoutApiVersion_Is400()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ErrorAnswer.ShouldBeAsync(CallAsync(environment), HttpStatusCode.BadRequest, "InvalidProtocolVersion", 400001);
    }

    [Fact]
    public async Task Call_HubOffline_Is503ButSimulatorAnswers()
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Hub.Switches.Offline = true;

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Get, "/devices"), HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", 503001);
        var (response, _) = await environment.CallAsync(HttpMethod.Get, "/simulator/switches");
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Call_UnknownPath_IsAnError()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Get, "/nothing/here"), HttpStatusCode.BadRequest, "ArgumentInvalid", 400004);
    }

    private static async Task ShouldBeRefusedAsync(HubEnvironment environment, string? token)
    {
        environment.Http.DefaultRequestHeaders.Remove("Authorization");
        if (token is not null)
        {
            environment.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token);
        }

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Get, "/devices"), HttpStatusCode.Unauthorized, "IotHubUnauthorizedAccess", 401002);
    }

    private static async Task<(HttpResponseMessage Response, JsonNode? Body)> CallAsync(HubEnvironment environment)
    {
        var response = await environment.Http.GetAsync("/devices");
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }
}
