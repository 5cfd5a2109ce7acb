using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge.Scope;

/// <summary>
/// Keeps an edge hub's registry in step with the hub above: everything at the start and now and then, one identity when a client is about to be refused. As in
/// edgeHub, an identity that was just asked for is not asked for again for a while, so that a device which connects before its registration is done has to wait.
/// </summary>
internal sealed partial class DeviceScopeCache(
    IdentityRegistry registry, IScopeSource source, TimeSpan refreshDelay, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly ConcurrentDictionary<IdentityName, DateTimeOffset> _asked = new();
    private readonly SemaphoreSlim _asking = new(1, 1);

    /// <summary>Whether the whole scope was ever read in this process.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Reads the whole scope; what is not in it any more is removed.</summary>
    /// <returns>False where the hub above did not tell.</returns>
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

    /// <summary>Reads one identity, unless that was done a moment ago.</summary>
    /// <returns>Whether it was read, or found to be gone.</returns>
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

    [LoggerMessage(6100, LogLevel.Information, "The scope was read: {Count} identities")]
    private partial void LogRefreshed(int count);

    [LoggerMessage(6101, LogLevel.Warning, "The scope was not read: {Reason}")]
    private partial void LogNotRefreshed(string reason);

    [LoggerMessage(6102, LogLevel.Warning, "{Client} was read a moment ago and is not read again for {Rest}")]
    private partial void LogDamped(IdentityName client, TimeSpan rest);
}

/// <summary>Tells an edge hub which identities it may let in and speak for: the documents of devices and modules as the service API has them, keys included.</summary>
internal interface IScopeSource
{
    /// <summary>All identities of the scope.</summary>
    /// <exception cref="HubException">The hub above did not answer, or refused.</exception>
    Task<IReadOnlyList<JsonObject>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>One identity, and with a module its device.</summary>
    /// <returns>Nothing where it is not in the scope.</returns>
    /// <exception cref="HubException">The hub above did not answer, or refused.</exception>
    Task<IReadOnlyList<JsonObject>> ReadAsync(IdentityName name, CancellationToken cancellationToken);
}
