using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge.Outgoing;

/// <summary>
/// Stores reports and telemetry messages until the hub above has acknowledged them. Each is written to a journal before the client gets its acknowledgement,
/// so that an edge hub continues after a kill. The journal is rewritten when most of its lines are done.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class OutgoingStore : IDisposable
{
    private const int MaxDoneLines = 2000;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<IdentityName, OutgoingQueue> _queues = new();
    private readonly AtomicFile _file;
    private readonly int _maxMessages;
    private readonly TimeProvider _time;
    private StreamWriter _journal;
    private long _sequence;
    private int _lines;
    private int _messages;

    /// <exception cref="IOException">The journal cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">A line of the journal, other than the last, cannot be read.</exception>
    public OutgoingStore(string path, int maxMessages, TimeProvider time)
    {
        (_file, _maxMessages, _time) = (new AtomicFile(path, isPrivate: false), maxMessages, time);
        _sequence = OutgoingJournal.Load(path, For);
        _messages = _queues.Values.Sum(q => q.QueuedMessages.Count);
        _journal = Rewrite();
    }

    /// <summary>Raised after a report or message of a client was added.</summary>
    public event Action<IdentityName>? Added;

    /// <summary>Raised after reports or messages of a client were completed.</summary>
    public event Action<IdentityName>? Completed;

    /// <summary>Gets the clients with queued reports or messages.</summary>
    public IReadOnlyList<IdentityName> Waiting => [.. _queues.Where(q => !IsEmpty(q.Value)).Select(q => q.Key)];

    /// <summary>Gets the numbers of queued reports and messages of all clients.</summary>
    public (int Reports, int Messages) Counts
    {
        get
        {
            lock (_lock)
            {
                return (_queues.Values.Sum(q => q.QueuedReports.Count), _messages);
            }
        }
    }

    public OutgoingQueue For(IdentityName client) => _queues.GetOrAdd(client, _ => new OutgoingQueue(_lock));

    /// <summary>Returns whether nothing of a client is queued.</summary>
    public bool IsEmpty(IdentityName client) => IsEmpty(For(client));

    /// <summary>Adds a report, which will be sent upstream.</summary>
    /// <param name="client">The client that reports.</param>
    /// <param name="patch">Its patch of the reported section.</param>
    /// <param name="first">What has to happen together with it, before it; runs under the lock of the store.</param>
    /// <exception cref="IOException">The report could not be stored.</exception>
    public void AddReport(IdentityName client, JsonObject patch, Action? first = null)
    {
        lock (_lock)
        {
            first?.Invoke();
            var report = new QueuedReport(++_sequence, patch.DeepClone().AsObject());
            Write(OutgoingJournal.Line(client, report));
            For(client).Add(report);
        }

        Added?.Invoke(client);
    }

    /// <summary>Adds a telemetry message, which will be sent upstream.</summary>
    /// <exception cref="HubRequestException">The queue is full: 403.</exception>
    /// <exception cref="IOException">The message could not be stored.</exception>
    public void AddMessage(TelemetryMessage message)
    {
        lock (_lock)
        {
            if (_messages >= _maxMessages)
            {
                throw new HubRequestException(HubError.QueueFull, $"{_maxMessages} telemetry messages are queued already; wait until the hub above can be reached, or raise --max-messages");
            }

            var waiting = new QueuedMessage(++_sequence, message.EnqueuedAt, message.Body, message.Properties);
            Write(OutgoingJournal.Line(message.Sender, waiting));
            For(message.Sender).Add(waiting);
            _messages++;
        }

        Added?.Invoke(message.Sender);
    }

    /// <summary>Completes a client's reports up to a sequence number: the hub above has them.</summary>
    public void CompleteReports(IdentityName client, long upTo)
    {
        lock (_lock)
        {
            For(client).CompleteReports(upTo, _time.GetUtcNow());
            Write(OutgoingJournal.ReportsDone(client, upTo));
            RewriteIfLong();
        }

        Completed?.Invoke(client);
    }

    /// <summary>Completes a client's messages up to a sequence number: the hub above has them, or they were given up.</summary>
    public void CompleteMessages(IdentityName client, long upTo)
    {
        lock (_lock)
        {
            var queue = For(client);
            var before = queue.QueuedMessages.Count;
            queue.CompleteMessages(upTo);
            _messages += queue.QueuedMessages.Count - before;
            Write(OutgoingJournal.MessagesDone(client, upTo));
            RewriteIfLong();
        }

        Completed?.Invoke(client);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _journal.Dispose();
        }
    }

    private bool IsEmpty(OutgoingQueue queue)
    {
        lock (_lock)
        {
            return queue.IsEmpty;
        }
    }

    private void Write(JsonObject line)
    {
        _journal.WriteLine(line.ToJsonString());
        _journal.Flush();
        _lines++;
    }

    private void RewriteIfLong()
    {
        if (_lines >= MaxDoneLines)
        {
            _journal.Dispose();
            _journal = Rewrite();
        }
    }

    private StreamWriter Rewrite()
    {
        var lines = OutgoingJournal.Lines(_queues).ToList();
        _file.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        _lines = -lines.Count; // only later lines count
        return new StreamWriter(new FileStream(_file.Path, FileMode.Append, FileAccess.Write, FileShare.Read));
    }
}
