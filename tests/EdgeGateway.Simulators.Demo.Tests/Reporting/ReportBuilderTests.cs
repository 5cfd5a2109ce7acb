using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Reporting;
using EdgeGateway.Simulators.Demo.Tests.Fleet;

namespace EdgeGateway.Simulators.Demo.Tests.Reporting;

public sealed class ReportBuilderTests
{
    [Fact]
    public void Build_Updated_EfficiencyIsPayloadRateOverLineRate()
    {
        var mcu = Build(Some.Done("mcu-01") with { Twin = Some.DoneTwin with { Transfer = new TransferFigures(100_000, 10, 512, 4096) } });

        mcu.Should().Be(new McuReport("mcu-01", "1.0.0", "2.0.0", "succeeded", 100_000, 10, 11520, 0.8681, 512, 4096, null));
    }

    [Fact]
    public void Build_NoTransfer_HasNoFigures()
    {
        var mcu = Build(Some.Failed("mcu-01"));

        mcu.Should().Be(new McuReport(
            "mcu-01", "1.0.0", "1.0.0", "failed", null, null, 11520, null, null, null, "McuSilent: no answer; it runs version 1.0.0"));
    }

    [Fact]
    public void Build_TimeIsUp_StateIsThePhaseItStoodIn() => Build(Some.Transferring("mcu-01", 40)).State.Should().Be("Transferring");

    [Fact]
    public void ToJson_HasTheNamesOfTheReport()
    {
        var json = ReportFile.ToJson(new ReportBuilder(921600).Build(65536, 65536, Some.Fleet(Some.Done("mcu-01")), Some.Usage));

        string.Concat(json.Where(c => !char.IsWhiteSpace(c))).Should().Be(string.Concat(
            """{"imageBytes":65536,"originBytes":65536,"elapsedSeconds":6.25,"gateway":{"cpuSeconds":0.5,"memoryBytes":90000000},"mcus":[""",
            """{"id":"mcu-01","from":"1.0.0","to":"2.0.0","state":"succeeded","bytes":65536,"seconds":5.8,"lineBytesPerSecond":92160""",
            ""","efficiency":0.1226,"retransmittedBytes":1024,"resumedAt":0}]}"""));
    }

    [Fact]
    public void ToJson_Layers_HasALineForEachLink()
    {
        var fleet = Some.Fleet() with { Links = [new("origin-top", 66_000), new("top-bottom", 67_000)] };

        var json = ReportFile.ToJson(new ReportBuilder(921600).Build(65536, 65536, fleet, Some.Usage));

        string.Concat(json.Where(c => !char.IsWhiteSpace(c))).Should().Contain(
            """
            "links":[{"name":"origin-top","imageBytes":65536,"bytes":66000},{"name":"top-bottom","imageBytes":65536,"bytes":67000}]
            """);
    }

    private static McuReport Build(McuStatus mcu) => new ReportBuilder(115200).Build(1, 1, Some.Fleet(mcu), Some.Usage).Mcus.Single();
}
