namespace EdgeGateway.Containers.Engine;

/// <summary>A container to be made, as locked up as docs/deploy.md has it: read-only root, no capabilities.</summary>
/// <param name="Image">Name of its image.</param>
/// <param name="Name">Its name on the network.</param>
/// <param name="Network">Id of the network.</param>
internal sealed record ContainerSpec(string Image, string Name, string Network)
{
    private const string Temporary = "/tmp";
    private static readonly long HealthInterval = (long)TimeSpan.FromSeconds(1).TotalNanoseconds;

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>TCP port to publish on the loopback interface.</summary>
    public int? Port { get; init; }

    /// <summary>Folder for settings beside /data.</summary>
    public string? ConfigFolder { get; init; }

    /// <summary>Bytes of the /data volume, which is then in memory; null for all the space there is.</summary>
    public int? DataSize { get; init; }

    /// <summary>The body of the engine's call.</summary>
    public object ToBody() => new
    {
        Image,
        Cmd = Arguments.Count > 0 ? Arguments : null,
        Env = Environment.Select(pair => $"{pair.Key}={pair.Value}"),
        Healthcheck = new { Interval = HealthInterval }, // the command is that of the image
        Volumes = ConfigFolder is null ? [] : new Dictionary<string, object> { [ConfigFolder] = new { } },
        HostConfig = new
        {
            ReadonlyRootfs = true,
            CapDrop = new[] { "ALL" },
            SecurityOpt = new[] { "no-new-privileges" },
            Tmpfs = new Dictionary<string, string> { [Temporary] = "mode=1777,size=16m" },
            Mounts = DataSize is null ? [] : new[] { SmallData() },
            PortBindings = Port is null ? [] : new Dictionary<string, object> { [$"{Port}/tcp"] = new[] { new { HostIp = "127.0.0.1", HostPort = "" } } },
        },
        NetworkingConfig = new
        {
            EndpointsConfig = new Dictionary<string, object> { [Network] = new { Aliases = new[] { Name } } },
        },
    };

    private object SmallData() => new
    {
        Type = "volume",
        Target = "/data",
        VolumeOptions = new
        {
            DriverConfig = new { Name = "local", Options = new { type = "tmpfs", device = "tmpfs", o = $"size={DataSize},uid=1654,gid=20" } },
        },
    };
}
