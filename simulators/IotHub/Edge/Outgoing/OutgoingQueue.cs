using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Edge.Outgoing;

/// <summary>Queues the reported patches of one client, combined where possible, and its telemetry messages. <see cref="OutgoingStore"/> stores them on disk.</summary>
/// <remarks>Not thread-safe: callers hold <see cref="Gate"/>.</remarks>
internal sealed class OutgoingQueue(Lock gate)
{
    // The answer to a twin request can be older than reports that were acknowledged after it was made.
    private static readonly TimeSpan RecentFor = TimeSpan.FromSeconds(30);

    private readonly List<QueuedReport> _reports = [];
    private readonly LinkedList<QueuedMessage> _messages = [];
    private readonly Queue<(DateTimeOffset At, JsonObject Patch)> _recent = new();
    private int _taken;

    /// <summary>Gets the lock of the whole store.</summary>
    public Lock Gate { get; } = gate;

    public AsyncAutoResetEvent Reports { get; } = new();

    public AsyncAutoResetEvent Messages { get; } = new();

    public IReadOnlyList<QueuedReport> QueuedReports => _reports;

    public IReadOnlyCollection<QueuedMessage> QueuedMessages => _messages;

    public bool IsEmpty => _reports.Count == 0 && _messages.Count == 0;

    public QueuedMessage? FirstMessage => _messages.First?.Value;

    public void Add(QueuedReport report)
    {
        if (_reports.Count > _taken && PatchFold.Fold(_reports[^1].Patch, report.Patch) is { } folded)
        {
            _reports[^1] = new QueuedReport(report.Sequence, folded);
        }
        else
        {
            _reports.Add(report);
        }

        Reports.Set();
    }

    public void Add(QueuedMessage message)
    {
        _messages.AddLast(message);
        Messages.Set();
    }

    /// <summary>Takes the reports that were not taken yet, in order to send them.</summary>
    public IReadOnlyList<JsonObject> TakeReports()
    {
        var fresh = _reports.Skip(_taken).Select(r => r.Patch.DeepClone().AsObject()).ToList();
        _taken = _reports.Count;
        return fresh;
    }

    /// <summary>Gets the sequence number of the last report that was taken; 0 for none.</summary>
    public long LastTaken => _taken == 0 ? 0 : _reports[_taken - 1].Sequence;

    /// <summary>Puts back what was taken, so that a new connection sends everything again.</summary>
    public void PutBack()
    {
        _taken = 0;
        Reports.Set();
        Messages.Set();
    }

    /// <summary>Removes the reports up to a sequence number: the hub above has them.</summary>
    public void CompleteReports(long upTo, DateTimeOffset now)
    {
        while (_reports.Count > 0 && _reports[0].Sequence <= upTo)
        {
            _recent.Enqueue((now, _reports[0].Patch));
            _reports.RemoveAt(0);
            _taken = Math.Max(0, _taken - 1);
        }
    }

    /// <summary>Removes the messages up to a sequence number: the hub above has them, or they were given up.</summary>
    public void CompleteMessages(long upTo)
    {
        while (_messages.First is { } first && first.Value.Sequence <= upTo)
        {
            _messages.RemoveFirst();
        }
    }

    /// <summary>Lists the patches, in order, that a twin read from the hub above may not contain yet.</summary>
    public IEnumerable<JsonObject> MayLack(DateTimeOffset now)
    {
        while (_recent.TryPeek(out var oldest) && oldest.At + RecentFor < now)
        {
            _recent.Dequeue();
        }

        return [.. _recent.Select(r => r.Patch), .. _reports.Select(r => r.Patch)];
    }
}

/// <summary>A reported patch that is queued to be sent upstream.</summary>
/// <param name="Sequence">Order of arrival; that of the last patch where several were combined.</param>
/// <param name="Patch">JSON merge patch.</param>
internal sealed record QueuedReport(long Sequence, JsonObject Patch);

/// <summary>A telemetry message that is queued to be sent upstream.</summary>
/// <param name="Sequence">Order of arrival.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Body">Content.</param>
/// <param name="Properties">Application and system properties.</param>
internal sealed record QueuedMessage(
    long Sequence, DateTimeOffset At, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Properties);
