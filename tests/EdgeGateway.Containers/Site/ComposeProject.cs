using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Containers.Engine;

namespace EdgeGateway.Containers.Site;

/// <summary>docker-compose.yml, unchanged, under a name of the test's own and at free ports.</summary>
internal sealed class ComposeProject : IAsyncDisposable
{
    private const string Registry = "edgegateway-test";
    private readonly EngineFixture _engine;
    private readonly string _name = $"edgegateway-test-{Guid.NewGuid():N}";
    private readonly Dictionary<string, string> _environment;

    public ComposeProject(EngineFixture engine, int mcus)
    {
        _engine = engine;
        _environment = new Dictionary<string, string>
        {
            ["DOCKER_HOST"] = engine.Client.Host,
            ["COMPOSE_PROJECT_NAME"] = _name,
            ["CONTAINER_REGISTRY_ADDRESS"] = Registry,
            ["EDGEGATEWAY_PLATFORM"] = EngineFixture.Architecture,
            ["EDGEGATEWAY_MCUS"] = mcus.ToString(CultureInfo.InvariantCulture),
            ["EDGEGATEWAY_HUB_PORT"] = "",
            ["EDGEGATEWAY_ORIGIN_PORT"] = "",
            ["EDGEGATEWAY_TRUTH_PORT"] = "",
            ["EDGEGATEWAY_WEB_PORT"] = "",
        };
        foreach (var image in ModuleImage.All)
        {
            engine.RemoveAtTheEnd($"{Registry}/{image.Name}:0.1.0-{EngineFixture.Architecture}");
        }
    }

    public Task<string> ComposeAsync(params string[] arguments)
    {
        var form = ComposeChoice.Current!;
        return Command.RunAsync(
            _environment, form[0], [.. form.Skip(1), "--file", Path.Combine(Repository.Top, "docker-compose.yml"), .. arguments]);
    }

    /// <summary>Runs the demo as ./demo.sh does.</summary>
    /// <returns>Its report.</returns>
    public async Task<JsonElement> DemoAsync(params string[] arguments)
    {
        const string Project = "EdgeGateway.Simulators.Demo";
        var configuration = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Name;
        var report = Path.GetTempFileName();
        try
        {
            await Command.RunAsync(
                _environment, Path.Combine(Repository.Top, "artifacts", "bin", Project, configuration, Project), [.. arguments, "--plain", "--report", report]);
            return JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(report));
        }
        finally
        {
            File.Delete(report);
        }
    }

    /// <summary>Its containers, as the engine lists them.</summary>
    public async Task<IReadOnlyList<JsonNode>> ContainersAsync()
    {
        var filter = JsonSerializer.Serialize(new { label = new[] { $"com.docker.compose.project={_name}" } });
        return [.. (await _engine.Client.GetAsync($"containers/json?all=true&filters={Uri.EscapeDataString(filter)}")).AsArray().Select(container => container!)];
    }

    public async ValueTask DisposeAsync() => await ComposeAsync("down", "--volumes");
}
