using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Twins;

namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>All devices and modules of the hub; or, in an edge hub, those it speaks for.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class IdentityRegistry
{
    private readonly TimeProvider _time;
    private readonly bool _holdsCopies;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<IdentityName, HubIdentity> _identities = new();
    private long _generation;

    /// <param name="time">The clock.</param>
    /// <param name="holdsCopies">Twins are copies of those in another hub; see <see cref="Twin"/>.</param>
    public IdentityRegistry(TimeProvider time, bool holdsCopies = false)
    {
        _time = time;
        _holdsCopies = holdsCopies;
        Scopes = new DeviceScopes(this);
    }

    /// <summary>Who lies behind whom.</summary>
    public DeviceScopes Scopes { get; }

    /// <summary>Raised after an identity was disabled, given other keys, or deleted: its connection has to go.</summary>
    public event Action<IdentityName>? Revoked;

    /// <summary>Raised after anything in the registry or in a twin changed.</summary>
    public event Action? Changed;

    /// <summary>Devices, without modules, by id.</summary>
    public IReadOnlyList<HubIdentity> Devices => Sorted(i => i.Name.ModuleId is null);

    /// <summary>Devices and modules, by id.</summary>
    public IReadOnlyList<HubIdentity> All => Sorted(_ => true);

    public IReadOnlyList<HubIdentity> ModulesOf(string deviceId) => Sorted(i => i.Name.DeviceId == deviceId && i.Name.ModuleId is not null);

    public HubIdentity? Find(IdentityName name) => _identities.GetValueOrDefault(name);

    /// <exception cref="HubRequestException">There is none of that name: 404.</exception>
    public HubIdentity Get(IdentityName name) => Find(name) ?? throw Missing(name);

    /// <summary>Makes a device; keys that are not given are made up.</summary>
    /// <param name="deviceId">Its id.</param>
    /// <param name="primaryKey">Its first key.</param>
    /// <param name="parent">The edge device it is to lie behind.</param>
    public HubIdentity CreateDevice(string deviceId, string? primaryKey = null, HubIdentity? parent = null) =>
        Create(new IdentityName(deviceId), new IdentityChange(PrimaryKey: primaryKey, ParentScope: parent?.Record.DeviceScope));

    /// <summary>Makes an edge device with its module <c>$edgeHub</c>; keys are made up.</summary>
    /// <param name="deviceId">Its id.</param>
    /// <param name="parent">The edge device it is to lie behind.</param>
    public HubIdentity CreateEdgeDevice(string deviceId, HubIdentity? parent = null)
    {
        var edge = Create(new IdentityName(deviceId), new IdentityChange(IotEdge: true, ParentScope: parent?.Record.DeviceScope));
        CreateModule(deviceId, IdentityName.EdgeHubModule);
        return edge;
    }

    /// <summary>Makes a module of an existing device; keys that are not given are made up.</summary>
    public HubIdentity CreateModule(string deviceId, string moduleId, string? primaryKey = null) =>
        Create(new IdentityName(deviceId, moduleId), new IdentityChange(PrimaryKey: primaryKey));

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

    /// <summary>Changes what is given.</summary>
    /// <exception cref="HubRequestException">Missing (404), another etag (412), or a bad key (400).</exception>
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

    /// <summary>Removes an identity; with a device go its modules.</summary>
    /// <exception cref="HubRequestException">Missing (404) or another etag (412).</exception>
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

    /// <summary>Takes over what another hub says of an identity. Another generation is another identity, with an empty twin.</summary>
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

    /// <summary>Enters an identity as it is, in place of any other of its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="record">What is known of it.</param>
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
