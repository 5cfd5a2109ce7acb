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
        var exported = Collect(host).Select(f => $"{f.Name} | {f.Type.ToString().ToLowerInvariant()} | {f.Help}");

        ReadRows().Select(r => $"{r.Key} | {r.Value[1]} | {r.Value[3]}").Should().Equal(exported);
    }

    [Fact]
    public void Document_Labels_AreThoseOfTheCode()
    {
        using var host = Build();
        var updates = host.Services.GetRequiredService<UpdateMetrics>();
        var status = new McuStatus { Id = new McuId("x"), Phase = UpdatePhase.Failed };
        Collect(host);
        updates.Ended(status, "l");
        updates.HeldUp(status, UpdatePhase.Offering, "l");
        updates.PhaseLeft(status, UpdatePhase.Offering, TimeSpan.FromSeconds(1), "l");
        updates.Transferred(status, new TransferSummary(1, 1, 1, 1, TimeSpan.FromSeconds(1)), "l");

        var rows = ReadRows();
        var seen = new List<string>();
        foreach (var family in Collect(host))
        {
            family.Read(series =>
            {
                seen.Add(family.Name);
                string.Join(", ", series.Labels.Select(l => l.Key)).Should().Be(rows[family.Name][2], $"these are the labels of {family.Name}");
            });
        }

        seen.Should().Contain(["edgegateway_updates_total", "edgegateway_update_setbacks_total", "edgegateway_mcus", "edgegateway_hub_connections"]);
    }

    [Fact]
    public void Names_All_FollowTheConventions()
    {
        using var host = Build();

        Collect(host).Should().OnlyContain(f => f.Help.EndsWith('.') && f.Name.StartsWith("edgegateway_"))
            .And.OnlyContain(f => f.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            .And.OnlyContain(f => f.Name.EndsWith("_total") == (f.Type == PrometheusType.Counter));
    }

    private static IReadOnlyList<MetricFamily> Collect(IHost host)
    {
        // the page asks for what is observed, the factory for the hub's own
        host.Services.GetServices<IMetricSource>().Should().NotBeEmpty();
        host.Services.GetRequiredService<IDeviceConnectionFactory>();
        host.Services.GetRequiredService<IMcuWorkflowFactory>();
        return host.Services.GetRequiredService<MetricsCollector>().Collect();
    }

    private IHost Build()
    {
        File.WriteAllText(_folder.File("settings.json"), $$"""
            { "Hub": { "HostName": "h.example" }, "Credentials": { "GroupKeyFile": "{{SettingsText.GroupKeyFile.Value}}" },
              "Lines": [ { "Port": "/dev/a", "Mcus": [ { "Id": "x" } ] } ], "Module": { "DataFolder": "{{_folder.Path}}" } }
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
