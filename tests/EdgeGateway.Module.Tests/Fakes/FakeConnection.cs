using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Reports;

namespace EdgeGateway.Module.Tests.Fakes;

/// <summary>A connection that notes what is reported and keeps the reported section as the hub would.</summary>
internal sealed class FakeConnection(DeviceIdentity identity) : IDeviceConnection
{
    private readonly Lock _lock = new();
    private readonly List<string> _patches = [];
    private readonly JsonObject _reported = [];

    public DeviceIdentity Identity => identity;

    public IDeviceHandler Handler { get; private set; } = null!;

    public ConnectionState State { get; set; } = ConnectionState.Connected;

    public bool Started { get; private set; }

    public bool Disposed { get; private set; }

    /// <summary>What <see cref="FlushReportsAsync"/> waits for.</summary>
    public Task Flush { get; set; } = Task.CompletedTask;

    public IReadOnlyList<string> Patches
    {
        get
        {
            lock (_lock)
            {
                return [.. _patches];
            }
        }
    }

    public JsonObject Reported
    {
        get
        {
            lock (_lock)
            {
                return (JsonObject)_reported.DeepClone();
            }
        }
    }

    /// <summary>Sets what the hub has before anything is reported.</summary>
    public void SetReported(string json) => JsonMergePatch.Apply(_reported, JsonNode.Parse(json)!.AsObject());

    public void Start(IDeviceHandler handler) => (Started, Handler) = (true, handler);

    public Task<TwinDocument> GetTwinAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ReportBacklog Backlog { get; set; }

    /// <summary>Keys of milestones and what they say, in order.</summary>
    public List<(string? Key, string Core)> Milestones { get; } = [];

    public void Report(JsonObject patch, ReportMilestone? milestone = null)
    {
        lock (_lock)
        {
            if (milestone is not null)
            {
                Milestones.Add((milestone.Key, milestone.Core.ToJsonString()));
            }

            _patches.Add(patch.ToJsonString());
            JsonMergePatch.Apply(_reported, patch);
        }
    }

    public void Set(string component, JsonObject state)
    {
        lock (_lock)
        {
            if (JsonMergePatch.Difference(_reported[component] as JsonObject ?? [], state) is { } changes)
            {
                Report(new JsonObject { [component] = changes });
            }
        }
    }

    public Task FlushReportsAsync(CancellationToken cancellationToken) => Flush.WaitAsync(cancellationToken);

    public Task SendAsync(DeviceMessage message, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets the hub send a twin.</summary>
    public ValueTask SendTwinAsync(string desired, long? version = 1, string reported = "{}") =>
        Handler.OnTwinAsync(
            new TwinDocument(JsonNode.Parse(desired)!.AsObject(), version, JsonNode.Parse(reported)!.AsObject(), version), CancellationToken.None);
}
