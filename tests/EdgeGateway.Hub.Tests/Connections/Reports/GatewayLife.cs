using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Tests.Connections.Reports;

/// <summary>
/// A gateway's lives over one hub: orders with progress and ends, a journal, stops and kills. What is on disk at a kill is what the next life finds; the
/// old process may go on for a while, in a folder that is not read anymore.
/// </summary>
internal sealed class GatewayLife(TwinHub hub, string folder, Random random) : IAsyncDisposable
{
    private readonly List<TestEnvironment> _killed = [];
    private TestEnvironment? _running;
    private int _lives;
    private int _order;
    private int _percent;
    private bool _atWork;

    /// <summary>Orders that ended, in order: the journal.</summary>
    public List<int> Ended { get; } = [];

    public TestEnvironment Running => _running!;

    /// <summary>What the hub must show in the end.</summary>
    public JsonObject Final => new()
    {
        ["agent"] = _atWork ? Work() : End(_order),
        ["gateway"] = Gateway(),
    };

    public void Start()
    {
        var env = _running = new TestEnvironment { Transport = new CutOff(hub), RandomSeed = random.Next() };
        env.Options.OutboxFolder = CurrentFolder();
        env.Options.ReportInterval = TimeSpan.FromMilliseconds(50);
        env.Options.KeepAlive = TimeSpan.FromMinutes(19);
        env.Options.OutboxMaxMilestones = 1000;
        env.Connection.Start(env.Handler);
        if (_atWork)
        {
            Report(new JsonObject { ["agent"] = Work(), ["gateway"] = Gateway() });
        }
        else if (Ended.Count > 0)
        {
            Tell();
        }
    }

    public void Begin()
    {
        if (!_atWork)
        {
            (_order, _percent, _atWork) = (_order + 1, 0, true);
            Report(new JsonObject { ["agent"] = Work(), ["gateway"] = Gateway() });
        }
    }

    public void Progress()
    {
        if (_atWork)
        {
            _percent++;
            Report(new JsonObject { ["gateway"] = Gateway() });
        }
    }

    /// <summary>Ends the order; with a kill in between, after it was journalled and before it was reported.</summary>
    public async Task FinishAsync(bool killed)
    {
        if (_atWork)
        {
            _atWork = false;
            Ended.Add(_order);
            if (killed)
            {
                await KillAsync();
            }
            else
            {
                Tell();
            }
        }
    }

    public async Task StopAsync()
    {
        var stopping = Running.Connection.DisposeAsync().AsTask();
        await Running.AdvanceUntilAsync(stopping, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        await Running.DisposeAsync();
        Start();
    }

    public Task KillAsync()
    {
        ((CutOff)Running.Transport!).Cut();
        var from = CurrentFolder();
        _lives++;
        foreach (var file in Directory.Exists(from) ? Directory.GetFiles(from, "*.json", SearchOption.AllDirectories) : [])
        {
            var to = Path.Combine(CurrentFolder(), Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        _killed.Add(Running);
        Start();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        foreach (var killed in _killed)
        {
            await killed.DisposeAsync();
        }
    }

    private void Tell() => Running.Connection.Report(
        new JsonObject { ["agent"] = End(_order), ["gateway"] = Gateway() },
        new ReportMilestone(new JsonObject { ["agent"] = End(_order) }, $"order {_order}"));

    private void Report(JsonObject patch) => Running.Connection.Report(patch);

    private JsonObject Work() => new() { ["state"] = 6, ["id"] = _order };

    private static JsonObject End(int order) => new() { ["state"] = order % 3 == 0 ? 255 : 0, ["id"] = order };

    private JsonObject Gateway() => new() { ["percent"] = _percent, ["phase"] = _atWork ? "Transferring" : "Idle" };

    private string CurrentFolder() => Path.Combine(folder, $"life-{_lives}");

    /// <summary>The hub as one process sees it, which is cut off when the process is killed.</summary>
    private sealed class CutOff(TwinHub hub) : EdgeGateway.Hub.Connections.Transport.IHubTransport
    {
        private volatile bool _isCut;

        public void Cut()
        {
            _isCut = true;
            hub.Cut();
        }

        public Task<Stream> ConnectAsync(HubEndpoint endpoint, CancellationToken cancellationToken) =>
            _isCut ? throw new HubException(HubFailure.Unreachable, "The process is dead.") : hub.ConnectAsync(endpoint, cancellationToken);
    }
}
