using System.Text.Json.Nodes;
using EdgeGateway.Simulators.Demo.Deployment;

namespace EdgeGateway.Simulators.Demo.Tests.Deployment;

public sealed class DeploymentOrderTests
{
    private static readonly FirmwareImage Image = new("mcu.bin", "hello"u8.ToArray());

    private readonly DeploymentOrder _order = new(
        "51552a54-765e-419f-892a-c822549b6f38", new UpdateId("Contoso", "Mcu", "2.0.0"), new DeviceClass("Contoso", "MCU-A"), Image,
        new Uri("http://127.0.0.1:8080/mcu.bin"), new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void ToDesired_IsTheServicePartOfTheComponent()
    {
        var component = _order.ToDesired()["deviceUpdate"]!;

        component["__t"]!.GetValue<string>().Should().Be("c");
        component["service"]!["workflow"]!.ToJsonString().Should().Be("""{"action":3,"id":"51552a54-765e-419f-892a-c822549b6f38"}""");
        component["service"]!["fileUrls"]!.ToJsonString().Should().Be("""{"f2cf24dba5fb0a30e":"http://127.0.0.1:8080/mcu.bin"}""");
    }

    [Fact]
    public void ToDesired_Manifest_IsVersion5InAString()
    {
        var manifest = JsonNode.Parse(_order.ToDesired()["deviceUpdate"]!["service"]!["updateManifest"]!.GetValue<string>())!;

        manifest["manifestVersion"]!.GetValue<string>().Should().Be("5");
        manifest["updateId"]!.ToJsonString().Should().Be("""{"provider":"Contoso","name":"Mcu","version":"2.0.0"}""");
        manifest["compatibility"]!.ToJsonString().Should().Be("""[{"manufacturer":"Contoso","model":"MCU-A"}]""");
        manifest["instructions"]!["steps"]![0]!["files"]![0]!.GetValue<string>().Should().Be("f2cf24dba5fb0a30e");

        // printf hello | openssl dgst -sha256 -binary | base64
        manifest["files"]!["f2cf24dba5fb0a30e"]!["hashes"]!["sha256"]!.GetValue<string>()
            .Should().Be("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
        manifest["files"]!["f2cf24dba5fb0a30e"]!["sizeInBytes"]!.GetValue<int>().Should().Be(5);
        manifest["createdDateTime"]!.GetValue<string>().Should().Be("2026-11-01T12:00:00.0000000Z");
    }

    [Fact]
    public void ToDesired_FitsIntoATwinString() =>
        _order.ToDesired()["deviceUpdate"]!["service"]!["updateManifest"]!.GetValue<string>().Length.Should().BeLessThan(4096);
}
