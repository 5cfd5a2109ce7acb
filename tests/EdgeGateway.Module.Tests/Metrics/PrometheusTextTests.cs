using System.Diagnostics.Metrics;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Tests.Fakes;

namespace EdgeGateway.Module.Tests.Metrics;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly TestMeterFactory _meters = new();
    private readonly MetricsCollector _collector;
    private readonly Meter _meter;

    public PrometheusTextTests()
    {
        _meter = _meters.Create("EdgeGateway.Test");
        _collector = new MetricsCollector(_meters);
    }

    public void Dispose()
    {
        _collector.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public void Write_Counter_HasHelpTypeUnitAndTotal()
    {
        var counter = _meter.CreateCounter<long>("edgegateway.content.received", "By", "Bytes received.");
        counter.Add(5, new KeyValuePair<string, object?>("source", "http"));
        counter.Add(7, new KeyValuePair<string, object?>("source", "http"));

        Text().Should().Be("""
            # HELP edgegateway_content_received_bytes_total Bytes received.
            # TYPE edgegateway_content_received_bytes_total counter
            edgegateway_content_received_bytes_total{source="http"} 12

            """);
    }

    [Fact]
    public void Write_TextFromOutside_IsEscaped()
    {
        var counter = _meter.CreateCounter<long>("edgegateway_x", null, "back\\slash\nnext \"line\"");
        counter.Add(1, new KeyValuePair<string, object?>("mcu_class", "a\"b\\c\nd{}"));

        Text().Should().Be(
            "# HELP edgegateway_x_total back\\\\slash\\nnext \"line\"\n# TYPE edgegateway_x_total counter\n"
            + "edgegateway_x_total{mcu_class=\"a\\\"b\\\\c\\nd{}\"} 1\n");
    }

    [Fact]
    public void Write_Histogram_CountsBelowEachBound()
    {
        var histogram = _meter.CreateHistogram(
            "edgegateway_wait", "s", "Waits.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2] });
        foreach (var value in (double[])[0.5, 0.25, 1, 3])
        {
            histogram.Record(value, new KeyValuePair<string, object?>("line", "a"));
        }

        Text().Should().Be("""
            # HELP edgegateway_wait_seconds Waits.
            # TYPE edgegateway_wait_seconds histogram
            edgegateway_wait_seconds_bucket{line="a",le="0.5"} 2
            edgegateway_wait_seconds_bucket{line="a",le="2"} 3
            edgegateway_wait_seconds_bucket{line="a",le="+Inf"} 4
            edgegateway_wait_seconds_sum{line="a"} 4.75
            edgegateway_wait_seconds_count{line="a"} 4

            """);
    }

    [Fact]
    public void Write_Gauges_GoUpAndDownOrAreLookedAt()
    {
        var upDown = _meter.CreateUpDownCounter<int>("edgegateway_a", null, "Up and down.");
        upDown.Add(3);
        upDown.Add(-1);
        var seen = 4;
        _meter.CreateObservableGauge("edgegateway_b", () => seen, null, "Looked at.");
        Text();
        seen = 9;

        Text().Should().Be("""
            # HELP edgegateway_a Up and down.
            # TYPE edgegateway_a gauge
            edgegateway_a 2
            # HELP edgegateway_b Looked at.
            # TYPE edgegateway_b gauge
            edgegateway_b 9

            """);
    }

    [Fact]
    public void Write_CommonLabels_StandBeforeTheOthers()
    {
        _meter.CreateCounter<long>("edgegateway_x").Add(1, new KeyValuePair<string, object?>("reason", "R"));

        PrometheusText.Write(_collector.Collect(), [new("iothub", "h"), new("edge_device", "d")])
            .Should().Contain("edgegateway_x_total{iothub=\"h\",edge_device=\"d\",reason=\"R\"} 1\n");
    }

    [Fact]
    public void Collect_MetersOfOthers_AreNotHeard()
    {
        using var others = new TestMeterFactory();
        others.Create("EdgeGateway.Test").CreateCounter<long>("edgegateway_other").Add(1);
        _meters.Create("System.Runtime.X").CreateCounter<long>("x").Add(1);

        _collector.Collect().Should().NotContain(f => f.Name.StartsWith("edgegateway_other") || f.Name.StartsWith('x'));
    }

    [Fact]
    public void Record_ManySetsOfLabels_AreBoundedByOneThatTakesTheRest()
    {
        var counter = _meter.CreateCounter<long>("edgegateway_x");
        for (var i = 0; i < MetricFamily.MaxSeries + 50; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("mcu_class", $"class-{i}"));
        }

        counter.Add(1, new KeyValuePair<string, object?>("mcu_class", "class-7"));

        var lines = Text().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(2 + MetricFamily.MaxSeries + 1);
        lines.Should().Contain("edgegateway_x_total{mcu_class=\"other\"} 50").And.Contain("edgegateway_x_total{mcu_class=\"class-7\"} 2");
    }

    [Fact]
    public void Record_LabelThatIsTooLong_IsCut()
    {
        _meter.CreateCounter<long>("edgegateway_x").Add(1, new KeyValuePair<string, object?>("mcu_class", new string('x', 5000)));

        Text().Length.Should().BeLessThan(300);
    }

    private string Text()
    {
        // meters without factory, of other tests in this process, may be heard too
        var ours = _collector.Collect().Where(f => !f.Name.StartsWith("edgegateway_hub", StringComparison.Ordinal));
        return PrometheusText.Write(ours, []);
    }
}
