namespace EdgeGateway.Containers.Engine;

/// <summary>
/// Which engine the tests run on: the one that is there, if it holds the images that ours are built on; else, for root, one of their own. The
/// stand-ins of those images are made in an engine of our own only, for they bear Microsoft's names.
/// </summary>
internal sealed record EngineChoice
{
    private const string UsualSocket = "/var/run/docker.sock";
    private const string Prefix = "unix://";

    private static readonly Lazy<EngineChoice> Made = new(() => Task.Run(MakeAsync).GetAwaiter().GetResult());

    /// <summary>The choice for this run.</summary>
    public static EngineChoice Current => Made.Value;

    /// <summary>Socket of the engine that is there; null for one of our own.</summary>
    public string? Socket { get; private init; }

    /// <summary>Why there is none at all; null if there is.</summary>
    public string? Missing { get; private init; }

    private static async Task<EngineChoice> MakeAsync()
    {
        if (Command.Find("docker") is null)
        {
            return new EngineChoice { Missing = "no docker is installed (.ci/setup.sh installs it, as root)" };
        }

        var host = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? Prefix + UsualSocket;
        var found = $"no engine answers at {host}";
        if (host.StartsWith(Prefix, StringComparison.Ordinal))
        {
            using var engine = new EngineClient(host[Prefix.Length..]);
            if (await engine.AnswersAsync())
            {
                var lacking = await LackingAsync(engine);
                if (lacking.Count == 0)
                {
                    return new EngineChoice { Socket = host[Prefix.Length..] };
                }

                found = $"the engine at {host} lacks {string.Join(", ", lacking)} (docker pull)";
            }
        }

        return (Environment.IsPrivilegedProcess, Command.Find("dockerd") is not null && Command.Find("iptables") is not null) switch
        {
            (true, true) => new EngineChoice(),
            (false, _) => new EngineChoice { Missing = $"{found}, and only root can start one" },
            (true, false) => new EngineChoice { Missing = $"{found}, and dockerd or iptables is missing to start one (.ci/setup.sh installs it)" },
        };
    }

    private static async Task<List<string>> LackingAsync(EngineClient engine)
    {
        var lacking = new List<string>();
        foreach (var name in BaseImages.Names)
        {
            if (!await engine.HasImageAsync(name))
            {
                lacking.Add(name);
            }
        }

        return lacking;
    }
}
