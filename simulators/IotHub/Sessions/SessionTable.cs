using System.Collections.Concurrent;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Sessions;

/// <summary>Holds the sessions of connected clients: one for each identity; a new session drops the old one.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SessionTable
{
    private readonly ConcurrentDictionary<IdentityName, IDeviceSession> _sessions = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _change = NewSignal();

    /// <summary>Raised after a session began.</summary>
    internal event Action<IDeviceSession>? Entered;

    /// <summary>Raised after a client has subscribed to something, and after each of the other events.</summary>
    internal event Action? Changed;

    /// <summary>Raised after a session ended; a new session of the identity may exist already.</summary>
    internal event Action<IDeviceSession>? Left;

    public int Count => _sessions.Count;

    /// <summary>Gets the largest number of connected identities; null for any number.</summary>
    internal int? Limit { get; init; }

    /// <summary>Gets the sessions, sorted by name.</summary>
    public IReadOnlyList<IDeviceSession> All => [.. _sessions.Values.OrderBy(s => s.Name.ToString(), StringComparer.Ordinal)];

    public bool IsConnected(IdentityName name) => _sessions.ContainsKey(name);

    public IDeviceSession? Find(IdentityName name) => _sessions.GetValueOrDefault(name);

    /// <summary>Waits until a condition on the table holds: it is tried now and after each connect, disconnect and subscription.</summary>
    public async Task WaitUntilAsync(Func<SessionTable, bool> condition, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                change = _change.Task;
            }

            if (condition(this))
            {
                return;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends the session of an identity.</summary>
    /// <returns>False if it was not connected.</returns>
    public bool Drop(IdentityName name, SessionEnd reason = SessionEnd.DroppedByRequest)
    {
        var session = Find(name);
        session?.Drop(reason);
        return session is not null;
    }

    public void DropAll(SessionEnd reason)
    {
        foreach (var session in All)
        {
            session.Drop(reason);
        }
    }

    /// <summary>Adds a session and drops the old one of the identity.</summary>
    /// <returns>False where the limit of clients is reached.</returns>
    internal bool TryEnter(IDeviceSession session)
    {
        IDeviceSession? old;
        lock (_lock)
        {
            old = Find(session.Name);
            if (old is null && _sessions.Count >= Limit)
            {
                return false;
            }

            _sessions[session.Name] = session;
        }

        old?.Drop(SessionEnd.Replaced);
        Entered?.Invoke(session);
        SignalChange();
        return true;
    }

    /// <summary>Removes a session, unless a new one of the identity has replaced it.</summary>
    internal void Leave(IDeviceSession session)
    {
        _sessions.TryRemove(KeyValuePair.Create(session.Name, session));
        Left?.Invoke(session);
        SignalChange();
    }

    /// <summary>Makes <see cref="WaitUntilAsync"/> check its condition again.</summary>
    internal void SignalChange()
    {
        TaskCompletionSource change;
        lock (_lock)
        {
            change = _change;
            _change = NewSignal();
        }

        change.SetResult();
        Changed?.Invoke();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
