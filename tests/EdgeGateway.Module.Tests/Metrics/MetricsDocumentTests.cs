using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Web;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Hosting;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tests.Settings;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EdgeGateway.Module.Tests.Metrics;

/// <summary>docs/metrics.md lists what is exported, with its type, labels and meaning.</summary>
public sealed class MetricsDocumentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Document_Metrics_AreThoseOfTheCode()
    {
        using var host = Build();
        var defined = Instruments(host).Select(i => $"{NameOf(i)} | {TypeOf(i)} | {i.Description}").Order(StringComparer.Ordinal);

        ReadRows().Select(r => $"{r.Key} | {r.Value[1]} | {r.Value[3]}").Order(StringComparer.Ordinal).Should().Equal(defined);
    }

    [Fact]
    public async Task Document_ExportedMetrics_HaveItsTypeMeaningAndLabels()
    {
        using var host = Build();
        var updates = host.Services.GetRequiredService<UpdateMetrics>();
        var status = new McuStatus { Id = new McuId("x"), Phase = UpdatePhase.Failed };
        await ScrapeAsync(host);
        updates.Ended(status, "l");
        updates.HeldUp(status, UpdatePhase.Offering, "l");
        updates.PhaseLeft(status, UpdatePhase.Offering, TimeSpan.FromSeconds(1), "l");
        updates.Transferred(status, new TransferSummary(1, 1, 1, 1, TimeSpan.FromSeconds(1)), "l");

        var rows = ReadRows();
        var seen = new List<string>();
        foreach (var line in await ScrapeAsync(host))
        {
            var words = line.Split(' ', 4);
            if (words is ["#", "HELP", var named, var help])
            {
                seen.Add(named);
                help.Should().Be(rows[named][3]);
            }
            else if (words is ["#", "TYPE", var typed, var type])
            {
                type.Should().Be(rows[typed][1]);
            }
            else if (Regex.Match(line, "^([a-z_]+)\\{(.*)\\} ") is { Success: true } series)
            {
                var name = Regex.Replace(series.Groups[1].Value, "_(bucket|sum|count)$", "");
                var labels = Regex.Matches(series.Groups[2].Value, "([a-z_]+)=\"").Select(m => m.Groups[1].Value)
                    .Except(["iothub", "edge_device", "module", "instance_number", "le"]).Order(StringComparer.Ordinal);
                string.Join(", ", labels).Should().Be(rows[name][2], $"these are the labels of {name}");
            }
        }

        seen.Should().Contain(
        [
            "edgegateway_updates_total", "edgegateway_update_setbacks_total", "edgegateway_update_phase_seconds", "edgegateway_transfer_payload_bytes_total",
            "edgegateway_transfer_rate_bytes_per_second", "edgegateway_mcus", "edgegateway_hub_connections",
        ]);
    }

    [Fact]
    public void Names_All_FollowTheConventions()
    {
        using var host = Build();

        Instruments(host).Should().OnlyContain(i => i.Description!.EndsWith('.') && NameOf(i).StartsWith("edgegateway_"))
            .And.OnlyContain(i => NameOf(i).All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            .And.OnlyContain(i => !i.Name.EndsWith("_total"));
    }

    private static List<Instrument> Instruments(IHost host)
    {
        // the page creates what is observed, the factories the meters of the hub and of the journal
        host.Services.GetServices<IWebPage>().Should().NotBeEmpty();
        host.Services.GetRequiredService<IDeviceConnectionFactory>();
        host.Services.GetRequiredService<IMcuWorkflowFactory>();
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        var instruments = new List<Instrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name.StartsWith(MetricsExport.MeterPrefix, StringComparison.Ordinal) && (instrument.Meter.Scope is null || instrument.Meter.Scope == factory))
            {
                instruments.Add(instrument);
            }
        };
        listener.Start();
        return [.. instruments.DistinctBy(i => i.Name)];
    }

    private static string NameOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "By" => "_bytes", "s" => "_seconds", "By/s" => "_bytes_per_second", _ => "" };
        return instrument.Name.Replace('.', '_') + unit + (TypeOf(instrument) == "counter" ? "_total" : "");
    }

    private static string TypeOf(Instrument instrument) => instrument.GetType().Name switch
    {
        "Counter`1" or "ObservableCounter`1" => "counter",
        "Histogram`1" => "histogram",
        _ => "gauge",
    };

    private static async Task<string[]> ScrapeAsync(IHost host)
    {
        var server = host.Services.GetRequiredService<WebServer>();
        if (!server.Address.IsCompleted)
        {
            await server.StartAsync(CancellationToken.None);
        }

        using var http = new HttpClient();
        return (await http.GetStringAsync(new Uri(await server.Address.WaitAsync(Patience.Limit), "/metrics"))).Split('\n');
    }

    private IHost Build()
    {
        File.WriteAllText(_folder.File("settings.json"), $$"""
            { "Hub": { "HostName": "h.example" }, "Credentials": { "GroupKeyFile": "{{SettingsText.GroupKeyFile.Value}}" },
              "Lines": [ { "Port": "/dev/a", "Mcus": [ { "Id": "x" } ] } ], "Web": { "Address": "127.0.0.1", "Port": 0 }, "Module": { "DataFolder": "{{_folder.Path}}" } }
            """);
        var layers = SettingsLayers.Read(_folder.File("settings.json"), new Dictionary<string, string>(), RuntimeEnvironment.Empty);
        return GatewayHost.Build(layers, SettingsReader.Read(layers.Others, layers.Environment).Settings);
    }

    private static Dictionary<string, string[]> ReadRows() => File.ReadLines(RepositoryFile.Find("docs/metrics.md"))
        .Where(l => l.StartsWith("| `edgegateway_", StringComparison.Ordinal))
        .Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..^1])
        .Where(c => c.Length == 4)
        .ToDictionary(c => c[0].Trim('`'));
}
