using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Tests.DeviceUpdate.Reporting;

public sealed class DeviceDescriptionTests
{
    private static readonly McuFacts Facts = new()
    {
        Vendor = "Contoso", Model = "MCU-A", HardwareRevision = "c1", SerialNumber = "1", RunningVersion = "1.9.0", BootState = BootState.Confirmed,
        SlotSize = 512 * 1024,
    };

    [Fact]
    public void AgentPatch_IsThatOfTheContract() => ShouldBe(
        DeviceDescription.AgentPatch(Facts),
        """
        {"deviceUpdate":{"__t":"c","agent":{
          "deviceProperties":{"manufacturer":"Contoso","model":"MCU-A","hwRev":"c1","interfaceId":null,
            "contractModelId":"dtmi:azure:iot:deviceUpdateContractModel;3","aduVer":"DU;agent/1.1.0"},
          "compatPropertyNames":"manufacturer,model"}}}
        """);

    [Fact]
    public void InformationPatch_TellsOfTheMcu() => ShouldBe(
        DeviceDescription.InformationPatch(Facts with { Model = new string('m', 70), RunningVersion = "" }),
        $$$"""
        {"deviceInformation":{"__t":"c","manufacturer":"Contoso","model":"{{{new string('m', 64)}}}","swVersion":null,"totalStorage":512}}
        """);

    private static void ShouldBe(JsonObject patch, string json) =>
        JsonNode.DeepEquals(patch, JsonNode.Parse(json)).Should().BeTrue($"{patch.ToJsonString()} must be {json}");
}
