using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Compose;

/// <summary>The command lines of Docker and of its compose, which is a plugin ("docker compose") or a program of its own ("docker-compose").</summary>
public sealed class ComposeTool
{
    private const string HowToGetIt = "Debian has both: apt-get install docker.io docker-compose";
    private readonly ToolRun _tool;
    private readonly IReadOnlyList<string> _compose;

    private ComposeTool(ToolRun tool, IReadOnlyList<string> compose) => (_tool, _compose) = (tool, compose);

    /// <summary>Finds out which form is there, and whether an engine answers.</summary>
    /// <param name="file">The compose file.</param>
    /// <param name="tool">Runs them.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="DemoFailedException">Something is missing; says what, and how to get it.</exception>
    public static async Task<ComposeTool> FindAsync(string file, ToolRun tool, CancellationToken cancellation)
    {
        try
        {
            await tool.RunAsync("docker", ["version", "--format", "{{.Server.Version}}"], cancellation);
        }
        catch (ProcessFailedException e)
        {
            throw new DemoFailedException($"--compose needs a Docker engine, and none answers. {HowToGetIt}. {e.Message}");
        }

        foreach (string[] form in (string[][])[["docker", "compose"], ["docker-compose"]])
        {
            try
            {
                await tool.RunAsync(form[0], [.. form[1..], "version"], cancellation);
                return new ComposeTool(tool, [.. form, "--file", file]);
            }
            catch (ProcessFailedException)
            {
                // the other form, then
            }
        }

        throw new DemoFailedException($"--compose needs docker compose or docker-compose, and neither is there. {HowToGetIt}");
    }

    /// <summary>Runs compose on the file.</summary>
    /// <returns>Its output.</returns>
    public Task<string> ComposeAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, IReadOnlyDictionary<string, string>? environment = null) =>
        _tool.RunAsync(_compose[0], [.. _compose.Skip(1), .. arguments], cancellation, environment);

    /// <summary>Runs docker.</summary>
    /// <returns>Its output.</returns>
    public Task<string> DockerAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) => _tool.RunAsync("docker", arguments, cancellation);

    /// <summary>Id of the running container of a service; null where none runs.</summary>
    public async Task<string?> RunningAsync(string service, CancellationToken cancellation)
    {
        var ids = (await ComposeAsync(["ps", "-q", service], cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var id in ids)
        {
            if ((await DockerAsync(["inspect", "--format", "{{.State.Running}}", id], cancellation)).Trim() == "true")
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>Where a TCP port of a container is published.</summary>
    /// <exception cref="DemoFailedException">It is not.</exception>
    public async Task<int> PublishedAsync(string container, int port, CancellationToken cancellation)
    {
        var places = await DockerAsync(["port", container, $"{port}/tcp"], cancellation);
        return int.TryParse(places.Split('\n')[0].Split(':')[^1], out var published)
            ? published
            : throw new DemoFailedException($"port {port} of container {container} is published nowhere; docker port says '{places.Trim()}'");
    }
}
