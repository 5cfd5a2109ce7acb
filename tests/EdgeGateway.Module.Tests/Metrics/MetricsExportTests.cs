using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Web;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeGateway.Module.Tests.Metrics;

/// <summary>The text of <c>/metrics</c>, asked over HTTP.</summary>
public sealed class MetricsExportTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly TestMeterFactory _meters = new();
    private readonly Meter _meter;
    private readonly ServiceProvider _services;
    private readonly WebServer _server;

    public MetricsExportTests()
    {
        _meter = _meters.Create("EdgeGateway.Test");
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<IModuleIdentitySource>(RuntimeEnvironment.Empty).AddSingleton<IMeterFactory>(_meters);
        services.AddWebEndpoint(new WebOptions { Address = "127.0.0.1", Port = 0 }, "hub.example");
        _services = services.BuildServiceProvider();
        _server = _services.GetRequiredService<WebServer>();
    }

    public Task InitializeAsync() => _server.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        _http.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task Export_Counter_HasHelpTypeUnitAndTotal()
    {
        var counter = _meter.CreateCounter<long>("edgegateway.content.received", "By", "Bytes received.");
        counter.Add(5, new KeyValuePair<string, object?>("source", "http"));
        counter.Add(7, new KeyValuePair<string, object?>("source", "http"));

        (await LinesAsync()).Should().BeEquivalentTo(
            "# HELP edgegateway_content_received_bytes_total Bytes received.",
            "# TYPE edgegateway_content_received_bytes_total counter",
            """edgegateway_content_received_bytes_total{source="http"} 12""");
    }

    [Fact]
    public async Task Export_TextFromOutside_IsEscaped()
    {
        _meter.CreateCounter<long>("edgegateway_x", null, "back\\slash\nnext \"line\"").Add(1, new KeyValuePair<string, object?>("mcu_class", "a\"b\\c\nd{}"));

        (await LinesAsync()).Should().Contain("# HELP edgegateway_x_total back\\\\slash\\nnext \"line\"")
            .And.Contain("edgegateway_x_total{mcu_class=\"a\\\"b\\\\c\\nd{}\"} 1");
    }

    [Fact]
    public async Task Export_Histogram_CountsBelowEachBound()
    {
        var histogram = _meter.CreateHistogram(
            "edgegateway_wait", "s", "Waits.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2] });
        foreach (var value in (double[])[0.5, 0.25, 1, 3])
        {
            histogram.Record(value, new KeyValuePair<string, object?>("line", "a"));
        }

        (await LinesAsync()).Should().BeEquivalentTo(
            "# HELP edgegateway_wait_seconds Waits.",
            "# TYPE edgegateway_wait_seconds histogram",
            """edgegateway_wait_seconds_bucket{line="a",le="0.5"} 2""",
            """edgegateway_wait_seconds_bucket{line="a",le="2"} 3""",
            """edgegateway_wait_seconds_bucket{line="a",le="+Inf"} 4""",
            """edgegateway_wait_seconds_sum{line="a"} 4.75""",
            """edgegateway_wait_seconds_count{line="a"} 4""");
    }

    [Fact]
    public async Task Export_Rate_HasItsUnit()
    {
        _meter.CreateObservableGauge("edgegateway_rate", () => 4, "By/s", "A rate.");

        (await LinesAsync()).Should().Contain("edgegateway_rate_bytes_per_second 4");
    }

    [Fact]
    public async Task Export_Gauges_GoUpAndDownAndForgetWhatIsGone()
    {
        var upDown = _meter.CreateUpDownCounter<int>("edgegateway_a", null, "Up and down.");
        upDown.Add(3);
        upDown.Add(-1);
        var link = "Online";
        _meter.CreateObservableGauge("edgegateway_b", () => new Measurement<int>(4, new KeyValuePair<string, object?>("link", link)), null, "Observed.");
        (await LinesAsync()).Should().Contain("""edgegateway_b{link="Online"} 4""");
        link = "Offline";

        var lines = await LinesAsync();

        lines.Should().Contain("edgegateway_a 2").And.Contain("# TYPE edgegateway_a gauge").And.Contain("""edgegateway_b{link="Offline"} 4""");
        lines.Should().NotContain(l => l.Contains("Online"));
    }

    [Fact]
    public async Task Export_EverySeries_CarriesTheLabelsOfTheHub()
    {
        _meter.CreateCounter<long>("edgegateway_x").Add(1, new KeyValuePair<string, object?>("reason", "R"));

        (await TextAsync()).Should().MatchRegex("edgegateway_x_total\\{reason=\"R\",iothub=\"hub.example\",instance_number=\"[0-9a-f-]{36}\"\\} 1\n");
    }

    [Fact]
    public void EdgeLabels_Module_NamesHubDeviceAndModule()
    {
        var identity = new ModuleIdentity(new DeviceIdentity("edge", "gateway"), "h.example", null, null!, null);

        MetricsExport.EdgeLabels(identity, "other.example", Guid.Empty).Should().Equal(
            new("iothub", "h.example"), new("edge_device", "edge"), new("module", "gateway"), new("instance_number", Guid.Empty.ToString()));
    }

    [Fact]
    public async Task Export_MetersOfOthers_AreLeftOut()
    {
        using var others = new TestMeterFactory();
        others.Create("EdgeGateway.Test").CreateCounter<long>("edgegateway_other").Add(1);
        _meters.Create("System.Runtime.X").CreateCounter<long>("x").Add(1);

        (await LinesAsync()).Should().NotContain(l => l.StartsWith("edgegateway_other") || l.StartsWith('x'));
    }

    private async Task<string> TextAsync()
    {
        var address = await _server.Address.WaitAsync(Patience.Limit);
        return await _http.GetStringAsync(new Uri(address, "/metrics"));
    }

    /// <summary>The lines, without the labels that every series carries.</summary>
    private async Task<IReadOnlyList<string>> LinesAsync() =>
    [
        .. (await TextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => Regex.Replace(l, ",?iothub=\"hub.example\",instance_number=\"[^\"]*\"", ""))
            .Select(l => Regex.Replace(l, "^([a-z_]+){} ", "$1 "))
            .Where(l => l != "# EOF" && !l.Contains("edgegateway_hub", StringComparison.Ordinal)),
    ];
}
