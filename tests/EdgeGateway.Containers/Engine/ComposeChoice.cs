namespace EdgeGateway.Containers.Engine;

/// <summary>Which compose is there: Docker's plugin, or the program of its own.</summary>
internal static class ComposeChoice
{
    private static readonly Lazy<IReadOnlyList<string>?> Found = new(() => Task.Run(FindAsync).GetAwaiter().GetResult());

    /// <summary>Program and first arguments; null where there is none.</summary>
    public static IReadOnlyList<string>? Current => Found.Value;

    /// <summary>Why there is none; null if there is.</summary>
    public static string? Missing => Current is null ? "neither docker compose nor docker-compose is installed (.ci/setup.sh installs it, as root)" : null;

    private static async Task<IReadOnlyList<string>?> FindAsync()
    {
        try
        {
            await Command.RunAsync(new Dictionary<string, string>(), "docker", "compose", "version");
            return ["docker", "compose"];
        }
        catch (EngineException)
        {
            return Command.Find("docker-compose") is { } program ? [program] : null;
        }
    }
}
