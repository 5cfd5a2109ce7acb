using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge.Scope;

/// <summary>
/// Copies the identities of an edge hub's scope from the hub above: all of them at the start and at intervals, one of them when a client would be refused. As
/// in edgeHub, an identity is not read again for a while, so that a device which connects before it is registered has to wait.
/// </summary>
internal sealed partial class DeviceScopeCache(
    IdentityRegistry registry, IScopeSource source, TimeSpan refreshDelay, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly ConcurrentDictionary<IdentityName, DateTimeOffset> _asked = new();
    private readonly SemaphoreSlim _asking = new(1, 1);

    /// <summary>Gets whether the whole scope was read at least once in this process.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Reads the whole scope and removes identities that are no longer in it.</summary>
    /// <returns>False where the hub above did not answer or refused.</returns>
    public async Task<bool> RefreshAllAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            var names = Put(await source.ReadAllAsync(cancellationToken)).ToHashSet();
            foreach (var gone in registry.All.Where(i => !names.Contains(i.Name)).Select(i => i.Name).ToList())
            {
                if (registry.Find(gone) is not null)
                {
                    registry.Delete(gone, null);
                }
            }

            IsComplete = true;
            LogRefreshed(names.Count);
            return true;
        }
        catch (HubException e)
        {
            LogNotRefreshed(e.Message);
            return false;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Reads one identity, unless the last read is too recent.</summary>
    /// <returns>Whether the identity was read, or found to be deleted.</returns>
    public async Task<bool> RefreshAsync(IdentityName name, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_asked.TryGetValue(name, out var last) && time.GetUtcNow() < last + refreshDelay)
            {
                LogDamped(name, last + refreshDelay - time.GetUtcNow());
                return false;
            }

            var documents = await source.ReadAsync(name, cancellationToken);
            _asked[name] = time.GetUtcNow();
            if (!Put(documents).Contains(name) && registry.Find(name) is not null)
            {
                registry.Delete(name, null);
            }

            return true;
        }
        catch (HubException e)
        {
            LogNotRefreshed(e.Message);
            return false;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private List<IdentityName> Put(IReadOnlyList<JsonObject> documents)
    {
        var names = new List<IdentityName>();
        foreach (var document in documents)
        {
            try
            {
                var (name, record) = ScopeDocument.Read(document);
                registry.Put(name, record);
                _asked[name] = time.GetUtcNow();
                names.Add(name);
            }
            catch (InvalidOperationException e)
            {
                throw new HubException(HubFailure.ProtocolError, e.Message, e);
            }
        }

        return names;
    }

    [LoggerMessage(6100, LogLevel.Information, "Device scope read. Identities={Count}")]
    private partial void LogRefreshed(int count);

    [LoggerMessage(6101, LogLevel.Warning, "Device scope not read. Reason={Reason}")]
    private partial void LogNotRefreshed(string reason);

    [LoggerMessage(6102, LogLevel.Warning, "Identity not read again: the last read is too recent. Client={Client} Wait={Rest}")]
    private partial void LogDamped(IdentityName client, TimeSpan rest);
}

/// <summary>Reads the identities that an edge hub may accept: the documents of devices and modules as in the service API, including keys.</summary>
internal interface IScopeSource
{
    /// <summary>Reads all identities of the scope.</summary>
    /// <exception cref="HubException">The hub above did not answer, or refused.</exception>
    Task<IReadOnlyList<JsonObject>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Reads one identity, and for a module its device as well.</summary>
    /// <returns>The documents; empty where the identity is not in the scope.</returns>
    /// <exception cref="HubException">The hub above did not answer, or refused.</exception>
    Task<IReadOnlyList<JsonObject>> ReadAsync(IdentityName name, CancellationToken cancellationToken);
}
