using System.Text.Json;
using EdgeGateway.Simulators.Demo.Deployment;
using EdgeGateway.Simulators.Demo.Fleet;

namespace EdgeGateway.Simulators.Demo.Tests.Fleet;

public sealed class TwinReaderTests
{
    [Fact]
    public void Read_FullTwin_TakesBothComponents()
    {
        var twin = Read("""
            {"deviceId":"mcu-01","properties":{"desired":{},"reported":{
              "gateway":{"__t":"c","phase":"WaitingToRetry","percent":48,"bytes":157286,"bytesPerSecond":11234,
                "remainingSeconds":15,"attempts":2,
                "lastError":{"reason":"McuSilent","message":"no answer for 5 s"},"link":{"state":"Offline","message":"port is unplugged"},
                "transfer":{"bytes":65536,"seconds":5.8,"lineBytes":67000,"retransmittedBytes":1024,"resumedAt":4096}},
              "deviceUpdate":{"__t":"c","agent":{
                "deviceProperties":{"manufacturer":"Contoso","model":"MCU-A","hwRev":"c1"},
                "state":0,"workflow":{"action":3,"id":"w-1"},
                "installedUpdateId":"{\"provider\":\"Contoso\",\"name\":\"Mcu\",\"version\":\"2.0.0\"}",
                "lastInstallResult":{"resultCode":700,"resultDetails":"done"}}}}}}
            """);

        twin.Should().Be(new McuTwin
        {
            Phase = "WaitingToRetry",
            Percent = 48,
            BytesPerSecond = 11234,
            RemainingSeconds = 15,
            Attempts = 2,
            ErrorReason = "McuSilent",
            ErrorText = "no answer for 5 s",
            Link = "Offline",
            LinkText = "port is unplugged",
            Transfer = new TransferFigures(65536, 5.8, 1024, 4096),
            Class = new DeviceClass("Contoso", "MCU-A"),
            AgentState = 0,
            WorkflowId = "w-1",
            Installed = new UpdateId("Contoso", "Mcu", "2.0.0"),
            ResultDetails = "done",
        });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"properties":{"desired":{},"reported":{"$version":1}}}""")]
    [InlineData("""{"properties":{"reported":{"gateway":7,"deviceUpdate":{"agent":[]}}}}""")]
    public void Read_NothingReported_IsEmpty(string json) => Read(json).Should().Be(McuTwin.Empty);

    [Fact]
    public void Read_InstalledIdIsNoJson_IsShownAsItIs() =>
        Read("""{"properties":{"reported":{"deviceUpdate":{"agent":{"installedUpdateId":"2.0"}}}}}""").Installed
            .Should().Be(new UpdateId("2.0", "", ""));

    private static McuTwin Read(string json) => TwinReader.Read(JsonSerializer.Deserialize<JsonElement>(json));
}
