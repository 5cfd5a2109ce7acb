using System.Diagnostics.Metrics;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Tests.Fakes;

namespace EdgeGateway.Module.Tests.Metrics;

public sealed class SeriesLimitTests : IDisposable
{
    private readonly TestMeterFactory _meters = new();
    private readonly SeriesLimit _limit = new();
    private readonly Counter<long> _counter;

    public SeriesLimitTests() => _counter = _meters.Create("EdgeGateway.Test").CreateCounter<long>("edgegateway_x");

    public void Dispose() => _meters.Dispose();

    [Fact]
    public void Apply_ManySetsOfLabels_AreBoundedByOneThatTakesTheRest()
    {
        var series = Enumerable.Range(0, SeriesLimit.MaxSeries + 50).Select(i => Class($"class-{i}")).ToList();
        series.Add(Class("class-7"));

        series.Distinct().Should().HaveCount(SeriesLimit.MaxSeries + 1);
        series.Count(s => s == "other").Should().Be(50);
        series[^1].Should().Be("class-7");
    }

    [Fact]
    public void Apply_EachMetric_HasItsOwnLimit()
    {
        for (var i = 0; i <= SeriesLimit.MaxSeries; i++)
        {
            Class($"class-{i}");
        }

        var second = _meters.Create("EdgeGateway.Test").CreateCounter<long>("edgegateway_y");
        _limit.Apply(second, new KeyValuePair<string, object?>("mcu_class", "new"))[0].Value.Should().Be("new");
    }

    [Fact]
    public void Fold_ManyObservations_SumsTheRest()
    {
        var observed = Enumerable.Range(0, SeriesLimit.MaxSeries + 3).Select(i => new Measurement<int>(2, new KeyValuePair<string, object?>("line", $"{i}"))).ToList();

        var folded = SeriesLimit.Fold(observed);

        folded.Should().HaveCount(SeriesLimit.MaxSeries + 1);
        folded[^1].Value.Should().Be(6);
        folded[^1].Tags.ToArray().Single().Should().Be(new KeyValuePair<string, object?>("line", "other"));
    }

    [Fact]
    public void Cut_LabelThatIsTooLong_IsCut() => SeriesLimit.Cut(new string('x', 5000)).Should().HaveLength(SeriesLimit.MaxLabelLength);

    private string? Class(string name) => (string?)_limit.Apply(_counter, new KeyValuePair<string, object?>("mcu_class", name))[0].Value;
}
