using System.Net;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Tests.Rest;

public sealed class IdentityEndpointsTests
{
    [Fact]
    public async Task Put_New_MakesDeviceWithKeys()
    {
        await using var environment = await HubEnvironment.StartAsync();

        var (response, body) = await environment.CallAsync(HttpMethod.Put, "/devices/new", """{"deviceId":"new","capabilities":{"iotEdge":true}}""");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.ETag!.Tag.Should().Be($"\"{body!["etag"]!.GetValue<string>()}\"");
        body["deviceId"]!.GetValue<string>().Should().Be("new");
        body["status"]!.GetValue<string>().Should().Be("enabled");
        body["connectionState"]!.GetValue<string>().Should().Be("Disconnected");
        body["capabilities"]!["iotEdge"]!.GetValue<bool>().Should().BeTrue();
        var keys = body["authentication"]!["symmetricKey"]!;
        Convert.FromBase64String(keys["primaryKey"]!.GetValue<string>()).Should().HaveCount(32);
        keys["secondaryKey"]!.GetValue<string>().Should().NotBe(keys["primaryKey"]!.GetValue<string>());
    }

    [Fact]
    public async Task Put_GivenKeys_AreTaken()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var key = SymmetricKey.New();

        await environment.CallAsync(
            HttpMethod.Put,
            "/devices/new",
            $$"""{"status":"disabled","authentication":{"symmetricKey":{"primaryKey":"{{key}}","secondaryKey":"{{key}}" }, "type":"sas" } }""");

        var record = environment.Hub.Registry.Get(new IdentityName("new")).Record;
        (record.PrimaryKey, record.SecondaryKey, record.Enabled).Should().Be((key, key, false));
    }

    [Fact]
    public async Task Put_ExistingWithoutIfMatch_Is409()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ShouldFailAsync(
            environment.CallAsync(HttpMethod.Put, "/devices/mcu-07", "{}"), HttpStatusCode.Conflict, "DeviceAlreadyExists", 409001);
    }

    [Fact]
    public async Task Put_IfMatch_UpdatesOnlyPresentTag()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var etag = $"\"{environment.Device.Record.ETag}\"";

        var (first, body) = await environment.CallAsync(HttpMethod.Put, "/devices/mcu-07", """{"status":"disabled"}""", etag);
        first.StatusCode.Should().Be(HttpStatusCode.OK);
        body!["status"]!.GetValue<string>().Should().Be("disabled");

        await ShouldFailAsync(
            environment.CallAsync(HttpMethod.Put, "/devices/mcu-07", "{}", etag), HttpStatusCode.PreconditionFailed, "PreconditionFailed", 412001);
        var (any, _) = await environment.CallAsync(HttpMethod.Put, "/devices/mcu-07", """{"status":"enabled"}""", "*");
        any.StatusCode.Should().Be(HttpStatusCode.OK);
        environment.Device.Record.Enabled.Should().BeTrue();
    }

    [Theory]
    [InlineData("/devices/new", "not json")]
    [InlineData("/devices/new", "[]")]
    [InlineData("/devices/new", """{"deviceId":"other"}""")]
    [InlineData("/devices/new", """{"status":"maybe"}""")]
    [InlineData("/devices/new", """{"status":5}""")]
    [InlineData("/devices/new", """{"authentication":{"type":"selfSigned"}}""")]
    [InlineData("/devices/new", """{"authentication":{"symmetricKey":{"primaryKey":"abc"}}}""")]
    [InlineData("/devices/new", """{"capabilities":{"iotEdge":"yes"}}""")]
    [InlineData("/devices/a%20b", "{}")]
    public async Task Put_Wrong_Is400(string path, string body)
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ShouldFailAsync(environment.CallAsync(HttpMethod.Put, path, body), HttpStatusCode.BadRequest, "ArgumentInvalid", 400004);
        environment.Hub.Registry.Devices.Should().ContainSingle();
    }

    [Fact]
    public async Task Get_Connected_SaysSo()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        var (_, body) = await environment.CallAsync(HttpMethod.Get, "/devices/mcu-07");

        body!["connectionState"]!.GetValue<string>().Should().Be("Connected");
    }

    [Fact]
    public async Task Get_Absent_Is404()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ShouldFailAsync(environment.CallAsync(HttpMethod.Get, "/devices/absent"), HttpStatusCode.NotFound, "DeviceNotFound", 404001);
    }

    [Fact]
    public async Task Delete_IfMatch_RemovesOnlyPresentTag()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ShouldFailAsync(
            environment.CallAsync(HttpMethod.Delete, "/devices/mcu-07", null, "\"b3RoZXI=\""), HttpStatusCode.PreconditionFailed, "PreconditionFailed", 412001);
        var (response, _) = await environment.CallAsync(HttpMethod.Delete, "/devices/mcu-07", null, "*");

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        environment.Hub.Registry.All.Should().BeEmpty();
    }

    [Fact]
    public async Task List_Top_GivesFirst()
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Hub.Registry.CreateDevice("a");
        environment.Hub.Registry.CreateModule("a", "m");

        var (_, all) = await environment.CallAsync(HttpMethod.Get, "/devices");
        var (_, one) = await environment.CallAsync(HttpMethod.Get, "/devices/?top=1");

        all!.AsArray().Select(d => d!["deviceId"]!.GetValue<string>()).Should().Equal("a", "mcu-07");
        one!.AsArray().Should().ContainSingle();
        await ShouldFailAsync(environment.CallAsync(HttpMethod.Get, "/devices?top=0"), HttpStatusCode.BadRequest, "ArgumentInvalid", 400004);
    }

    [Fact]
    public async Task Statistics_Devices_AreCounted()
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Hub.Registry.Create(new IdentityName("off"), new IdentityChange(Enabled: false));
        await using var client = await environment.ConnectDeviceAsync();

        var (_, devices) = await environment.CallAsync(HttpMethod.Get, "/statistics/devices");
        var (_, service) = await environment.CallAsync(HttpMethod.Get, "/statistics/service");

        devices!.ToJsonString().Should().Be("""{"totalDeviceCount":2,"enabledDeviceCount":1,"disabledDeviceCount":1}""");
        service!.ToJsonString().Should().Be("""{"connectedDeviceCount":1}""");
    }

    [Fact]
    public async Task PurgeCommands_Waiting_AreRemoved()
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Device.CloudToDeviceMessages.Add(default, new Dictionary<string, string>());

        var (_, body) = await environment.CallAsync(HttpMethod.Delete, "/devices/mcu-07/commands");

        body!["totalMessagesPurged"]!.GetValue<int>().Should().Be(1);
    }

    private static Task ShouldFailAsync(
        Task<(HttpResponseMessage Response, System.Text.Json.Nodes.JsonNode? Body)> call, HttpStatusCode status, string code, int number) =>
        ErrorAnswer.ShouldBeAsync(call, status, code, number);

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
    public async Task PutModule_ExistingWithoutIfMatch_Is409()
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
