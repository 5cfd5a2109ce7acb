using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Containers.Engine;

/// <summary>
/// A dockerd of the tests' own: own socket, data, pid file and addresses (half of 198.18.0.0/15, which RFC 2544 sets aside for tests). It leaves the networks
/// and firewall rules of another engine alone; one rule lets its own containers speak to each other, as other engines forbid that by default.
/// </summary>
internal sealed class PrivateEngine : IAsyncDisposable
{
    private const string Addresses = "198.18.0.0/17";
    private const string BridgeOfOthers = "/sys/class/net/docker0";

    private readonly string _folder = Directory.CreateTempSubdirectory("edgegateway-docker-").FullName;
    private readonly Spawner _spawner = new();
    private ChildProcess? _daemon;
    private bool _hasRule;

    public string Socket => Path.Combine(_folder, "docker.sock");

    public async Task StartAsync()
    {
        var name = Path.GetFileName(_folder);
        var spec = new ProcessSpec("dockerd", Command.Find("dockerd")!,
        [
            "--host", "unix://" + Socket,
            "--data-root", Path.Combine(_folder, "data"),
            "--exec-root", Path.Combine(_folder, "exec"),
            "--pidfile", Path.Combine(_folder, "docker.pid"),
            "--containerd-namespace", name,
            "--containerd-plugins-namespace", name + "-plugins",
            "--bridge", Directory.Exists(BridgeOfOthers) ? Path.GetFileName(BridgeOfOthers) : "none", // "none" alone would delete that of others
            "--default-address-pool", $"base={Addresses},size=24",
            "--iptables=false", "--ip6tables=false", "--ip-forward=false",
        ])
        {
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/local/sbin:/usr/sbin:/sbin",
            },
        };
        _daemon = await ChildProcess.StartAsync(spec, _spawner, _folder, TimeProvider.System);
        using var client = new EngineClient(Socket);
        using var watching = new CancellationTokenSource();
        var ended = _daemon.WatchAsync(watching.Token);
        await Task.WhenAny(Poll.UntilAsync(client.AnswersAsync, answers => answers, $"dockerd answers, log in {_daemon.LogPath}"), ended).Unwrap();
        await watching.CancelAsync();
        await ForwardAsync("--insert");
        _hasRule = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_hasRule)
        {
            await ForwardAsync("--delete");
        }

        if (_daemon is not null)
        {
            await _daemon.DisposeAsync();
        }

        _spawner.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task ForwardAsync(string action) => Command.RunAsync(
        "unix://" + Socket, Command.Find("iptables")!, "--wait", action, "FORWARD", "--source", Addresses, "--destination", Addresses, "--jump", "ACCEPT");
}
