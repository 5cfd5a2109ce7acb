using System.Net;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Tests.Rest;

public sealed class ModuleEndpointsTests
{
    [Fact]
    public async Task Module_Life_FromPutToDelete()
    {
        await using var environment = await HubEnvironment.StartAsync();

        var (put, made) = await environment.CallAsync(HttpMethod.Put, "/devices/mcu-07/modules/m", """{"moduleId":"m","deviceId":"mcu-07"}""");
        var (_, list) = await environment.CallAsync(HttpMethod.Get, "/devices/mcu-07/modules");
        var (_, got) = await environment.CallAsync(HttpMethod.Get, "/devices/mcu-07/modules/m");
        var (_, twin) = await environment.CallAsync(HttpMethod.Patch, "/twins/mcu-07/modules/m", """{"properties":{"desired":{"x":1}}}""");
        var (deleted, _) = await environment.CallAsync(HttpMethod.Delete, "/devices/mcu-07/modules/m", null, "*");

        put.StatusCode.Should().Be(HttpStatusCode.OK);
        made!["moduleId"]!.GetValue<string>().Should().Be("m");
        list!.AsArray().Should().ContainSingle();
        got!.ToJsonString().Should().Be(made.ToJsonString());
        twin!["moduleId"]!.GetValue<string>().Should().Be("m");
        twin["properties"]!["desired"]!["$version"]!.GetValue<int>().Should().Be(2);
        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Get, "/devices/mcu-07/modules/m"), HttpStatusCode.NotFound, "ModuleNotFound", 404010);
    }

    [Fact]
    public async Task Put_ExistingWithoutIfMatch_Is409()
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Hub.Registry.CreateModule(HubEnvironment.DeviceId, "m");

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Put, "/devices/mcu-07/modules/m", "{}"), HttpStatusCode.Conflict, "ModuleAlreadyExistsOnDevice", 409301);
    }

    [Fact]
    public async Task Put_DeviceAbsent_Is404()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Put, "/devices/absent/modules/m", "{}"), HttpStatusCode.NotFound, "DeviceNotFound", 404001);
    }

    [Fact]
    public async Task DeleteDevice_WithModules_TakesThemAlong()
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Hub.Registry.CreateModule(HubEnvironment.DeviceId, "m");

        await environment.CallAsync(HttpMethod.Delete, "/devices/mcu-07");

        environment.Hub.Registry.Find(new IdentityName(HubEnvironment.DeviceId, "m")).Should().BeNull();
    }
}
