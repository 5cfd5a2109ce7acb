using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Twins;

namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>Stores the devices and modules of the hub or, in an edge hub, of its scope.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class IdentityRegistry
{
    private readonly TimeProvider _time;
    private readonly bool _holdsCopies;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<IdentityName, HubIdentity> _identities = new();
    private long _generation;

    /// <param name="time">The clock.</param>
    /// <param name="holdsCopies">True where twins are copies of the twins of another hub; see <see cref="Twin"/>.</param>
    public IdentityRegistry(TimeProvider time, bool holdsCopies = false)
    {
        _time = time;
        _holdsCopies = holdsCopies;
        Scopes = new DeviceScopes(this);
    }

    /// <summary>Gets the parents and children of edge devices.</summary>
    public DeviceScopes Scopes { get; }

    /// <summary>Raised after an identity was disabled or deleted, or its keys changed: its connection has to end.</summary>
    public event Action<IdentityName>? Revoked;

    /// <summary>Raised after anything in the registry or in a twin changed.</summary>
    public event Action? Changed;

    /// <summary>Gets the devices, without modules, sorted by id.</summary>
    public IReadOnlyList<HubIdentity> Devices => Sorted(i => i.Name.ModuleId is null);

    /// <summary>Gets the devices and modules, sorted by id.</summary>
    public IReadOnlyList<HubIdentity> All => Sorted(_ => true);

    public IReadOnlyList<HubIdentity> ModulesOf(string deviceId) => Sorted(i => i.Name.DeviceId == deviceId && i.Name.ModuleId is not null);

    public HubIdentity? Find(IdentityName name) => _identities.GetValueOrDefault(name);

    /// <summary>Returns an identity.</summary>
    /// <exception cref="HubRequestException">No identity has that name: 404.</exception>
    public HubIdentity Get(IdentityName name) => Find(name) ?? throw Missing(name);

    /// <summary>Creates a device; missing keys are generated.</summary>
    /// <param name="deviceId">Its id.</param>
    /// <param name="primaryKey">Its first key.</param>
    /// <param name="parent">The parent edge device; null for none.</param>
    public HubIdentity CreateDevice(string deviceId, string? primaryKey = null, HubIdentity? parent = null) =>
        Create(new IdentityName(deviceId), new IdentityChange(PrimaryKey: primaryKey, ParentScope: parent?.Record.DeviceScope));

    /// <summary>Creates an edge device with its module <c>$edgeHub</c>; keys are generated.</summary>
    /// <param name="deviceId">Its id.</param>
    /// <param name="parent">The parent edge device; null for none.</param>
    public HubIdentity CreateEdgeDevice(string deviceId, HubIdentity? parent = null)
    {
        var edge = Create(new IdentityName(deviceId), new IdentityChange(IotEdge: true, ParentScope: parent?.Record.DeviceScope));
        CreateModule(deviceId, IdentityName.EdgeHubModule);
        return edge;
    }

    /// <summary>Creates a module of an existing device; missing keys are generated.</summary>
    public HubIdentity CreateModule(string deviceId, string moduleId, string? primaryKey = null) =>
        Create(new IdentityName(deviceId, moduleId), new IdentityChange(PrimaryKey: primaryKey));

    /// <summary>Creates an identity.</summary>
    /// <exception cref="HubRequestException">The name is taken (409) or not allowed (400), or a key is not base64 (400).</exception>
    public HubIdentity Create(IdentityName name, IdentityChange change)
    {
        HubIdentity made;
        lock (_lock)
        {
            if (name.Checked().ModuleId is not null)
            {
                Get(new IdentityName(name.DeviceId));
            }

            if (_identities.ContainsKey(name))
            {
                throw name.ModuleId is null
                    ? new HubRequestException(HubError.DeviceAlreadyExists, $"device '{name}' is registered already")
                    : new HubRequestException(HubError.ModuleAlreadyExists, $"module '{name}' is registered already");
            }

            var now = _time.GetUtcNow();
            var isEdge = name.ModuleId is null && change.IotEdge is true;
            var parent = ParentScope(name, isEdge, change, null);
            var record = new IdentityRecord(
                string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks + _generation++}"),
                1,
                SymmetricKey.CheckedOrNew(change.PrimaryKey, "primaryKey"),
                SymmetricKey.CheckedOrNew(change.SecondaryKey, "secondaryKey"),
                change.Enabled ?? true,
                isEdge,
                change.StatusReason,
                now,
                isEdge ? DeviceScopes.New(name.DeviceId, now) : parent,
                parent);
            made = Add(name, record);
        }

        Changed?.Invoke();
        return made;
    }

    /// <summary>Updates the given values of an identity.</summary>
    /// <exception cref="HubRequestException">The identity is missing (404), the etag differs (412), or a key is not base64 (400).</exception>
    public HubIdentity Update(IdentityName name, IdentityChange change, string? ifMatch)
    {
        HubIdentity identity;
        bool revoked;
        lock (_lock)
        {
            identity = Get(name);
            var old = identity.Record;
            ETag.Check(ifMatch, old.ETag);
            var enabled = change.Enabled ?? old.Enabled;
            var isEdge = change.IotEdge ?? old.IotEdge;
            var parent = ParentScope(name, isEdge, change, old.ParentScope);
            identity.Record = old with
            {
                Revision = old.Revision + 1,
                PrimaryKey = change.PrimaryKey is null ? old.PrimaryKey : SymmetricKey.Checked(change.PrimaryKey, "primaryKey"),
                SecondaryKey = change.SecondaryKey is null ? old.SecondaryKey : SymmetricKey.Checked(change.SecondaryKey, "secondaryKey"),
                Enabled = enabled,
                IotEdge = isEdge,
                StatusReason = change.StatusReason ?? old.StatusReason,
                StatusUpdatedAt = enabled == old.Enabled ? old.StatusUpdatedAt : _time.GetUtcNow(),
                DeviceScope = !isEdge ? parent : old.IotEdge ? old.DeviceScope : DeviceScopes.New(name.DeviceId, _time.GetUtcNow()),
                ParentScope = parent,
            };
            revoked = !enabled || identity.Record.PrimaryKey != old.PrimaryKey || identity.Record.SecondaryKey != old.SecondaryKey;
        }

        Changed?.Invoke();
        if (revoked)
        {
            Revoked?.Invoke(name);
        }

        return identity;
    }

    /// <summary>Deletes an identity; for a device, its modules as well.</summary>
    /// <exception cref="HubRequestException">The identity is missing (404) or the etag differs (412).</exception>
    public void Delete(IdentityName name, string? ifMatch)
    {
        List<IdentityName> gone;
        lock (_lock)
        {
            ETag.Check(ifMatch, Get(name).Record.ETag);
            gone = name.ModuleId is null ? [.. ModulesOf(name.DeviceId).Select(m => m.Name), name] : [name];
            gone.ForEach(n => _identities.TryRemove(n, out _));
        }

        Changed?.Invoke();
        gone.ForEach(n => Revoked?.Invoke(n));
    }

    /// <summary>Stores an identity of another hub. Another generation is another identity, with an empty twin.</summary>
    internal void Put(IdentityName name, IdentityRecord record)
    {
        bool revoked;
        lock (_lock)
        {
            var known = Find(name);
            if (known is null || known.Record.GenerationId != record.GenerationId)
            {
                revoked = known is not null;
                Add(name, record);
            }
            else
            {
                var old = known.Record;
                revoked = !record.Enabled
                    || (old.PrimaryKey, old.SecondaryKey, old.ParentScope) != (record.PrimaryKey, record.SecondaryKey, record.ParentScope);
                known.Record = record;
            }
        }

        Changed?.Invoke();
        if (revoked)
        {
            Revoked?.Invoke(name);
        }
    }

    /// <summary>Adds an identity as it is; replaces one of the same name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="record">Its registry entry.</param>
    /// <param name="savedTwin">What <see cref="Twin.Save"/> gave; null for an empty twin.</param>
    internal HubIdentity Add(IdentityName name, IdentityRecord record, JsonObject? savedTwin = null)
    {
        var twin = new Twin(_time, _holdsCopies);
        if (savedTwin is not null)
        {
            twin.Load(savedTwin);
        }

        var identity = new HubIdentity(name, record, twin, _time);
        twin.Changed += () => Changed?.Invoke();
        _identities[name] = identity;
        return identity;
    }

    private string? ParentScope(IdentityName name, bool isEdge, IdentityChange change, string? old)
    {
        if (name.ModuleId is not null || change.ParentScope is not { } asked)
        {
            return old;
        }

        if (asked.Length == 0)
        {
            return null;
        }

        Scopes.CheckParent(name, isEdge, asked);
        return asked;
    }

    private static HubRequestException Missing(IdentityName name) => name.ModuleId is null
        ? new HubRequestException(HubError.DeviceNotFound, $"device '{name}' is not registered")
        : new HubRequestException(HubError.ModuleNotFound, $"module '{name}' is not registered");

    private List<HubIdentity> Sorted(Func<HubIdentity, bool> which) =>
        [.. _identities.Values.Where(which).OrderBy(i => i.Name.ToString(), StringComparer.Ordinal)];
}
