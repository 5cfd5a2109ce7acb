using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Twins;

/// <summary>
/// Holds the twin of one identity: tags, desired and reported properties, with versions and metadata. An edge hub holds copies of the hub's twins, with the
/// versions of the hub, which are unknown before the first read.
/// </summary>
/// <remarks>Thread-safe. Results are copies.</remarks>
public sealed class Twin
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TwinSection _desired;
    private readonly TwinSection _reported;
    private JsonObject _tags = [];
    private long _tagRevision;

    public Twin(TimeProvider time, bool isCopy = false)
    {
        _time = time;
        _desired = new TwinSection("desired", time.GetUtcNow(), isCopy);
        _reported = new TwinSection("reported", time.GetUtcNow(), isCopy);
    }

    /// <summary>Raised for each change of the desired section, in the order of versions. Handlers must return at once.</summary>
    public event Action<DesiredChange>? DesiredChanged;

    /// <summary>Raised for each patch of the reported section that was accepted, in order. Handlers must return at once.</summary>
    public event Action<JsonObject>? ReportAccepted;

    /// <summary>Raised after any change.</summary>
    public event Action? Changed;

    public long DesiredVersion
    {
        get
        {
            lock (_lock)
            {
                return _desired.Version;
            }
        }
    }

    public long ReportedVersion
    {
        get
        {
            lock (_lock)
            {
                return _reported.Version;
            }
        }
    }

    /// <summary>Gets the desired properties without <c>$version</c>.</summary>
    public JsonObject Desired
    {
        get
        {
            lock (_lock)
            {
                return _desired.Values.DeepClone().AsObject();
            }
        }
    }

    /// <summary>Gets the reported properties without <c>$version</c>.</summary>
    public JsonObject Reported
    {
        get
        {
            lock (_lock)
            {
                return _reported.Values.DeepClone().AsObject();
            }
        }
    }

    public string ETag
    {
        get
        {
            lock (_lock)
            {
                return CurrentETag;
            }
        }
    }

    private string CurrentETag => Registry.ETag.From(_desired.Version + _tagRevision);

    /// <summary>Reads both sections in the form for devices. No change of the desired section is raised between the reading and the end of the call.</summary>
    public void Read(Action<JsonObject> use)
    {
        lock (_lock)
        {
            use(new JsonObject { ["desired"] = _desired.ForDevice(), ["reported"] = _reported.ForDevice() });
        }
    }

    /// <summary>Formats the parts of the service's twin document: etag, version, tags and properties.</summary>
    public JsonObject ForService()
    {
        lock (_lock)
        {
            return new JsonObject
            {
                ["etag"] = CurrentETag,
                ["version"] = _desired.Version + _reported.Version + _tagRevision,
                ["tags"] = _tags.DeepClone(),
                ["properties"] = new JsonObject { ["desired"] = _desired.ForService(), ["reported"] = _reported.ForService() },
            };
        }
    }

    /// <summary>Merges a patch of the device into the reported section.</summary>
    /// <returns>The new version of the section.</returns>
    /// <exception cref="HubRequestException">A limit is exceeded; nothing is changed.</exception>
    public long PatchReported(JsonObject patch)
    {
        long version;
        lock (_lock)
        {
            _reported.Patch(patch, _time.GetUtcNow());
            version = _reported.Version;
            ReportAccepted?.Invoke(patch.DeepClone().AsObject());
        }

        Changed?.Invoke();
        return version;
    }

    /// <summary>Merges a patch into the desired section and pushes it to the device.</summary>
    /// <returns>The new version of the section.</returns>
    /// <exception cref="HubRequestException">A limit is exceeded; nothing is changed.</exception>
    public long PatchDesired(JsonObject patch)
    {
        Update(tags: null, desired: patch, replace: false, ifMatch: null);
        return DesiredVersion;
    }

    /// <summary>Updates tags and desired properties for the service.</summary>
    /// <param name="tags">Tags; null leaves them as they are.</param>
    /// <param name="desired">Desired properties; null leaves them as they are.</param>
    /// <param name="replace">The parts given replace the present ones instead of being merged.</param>
    /// <param name="ifMatch">Etag that must be present; <c>*</c> or null for any.</param>
    /// <exception cref="HubRequestException">A limit is exceeded or the etag differs; nothing is changed.</exception>
    public void Update(JsonObject? tags, JsonObject? desired, bool replace, string? ifMatch)
    {
        lock (_lock)
        {
            Registry.ETag.Check(ifMatch, CurrentETag);
            var newTags = tags is null ? null : Merged(tags, replace);
            if (desired is not null)
            {
                var patch = desired;
                if (replace)
                {
                    patch = _desired.Replace(desired, _time.GetUtcNow());
                }
                else
                {
                    _desired.Patch(desired, _time.GetUtcNow());
                }

                DesiredChanged?.Invoke(new DesiredChange(patch, _desired.Version));
            }

            if (newTags is not null)
            {
                _tags = newTags;
                _tagRevision++;
            }
        }

        Changed?.Invoke();
    }

    /// <summary>
    /// Updates a copy with the twin of the hub, unless that twin is older than the copy or has no version. Pushes a change of the desired section to the device.
    /// </summary>
    /// <param name="desired">Desired properties, without version.</param>
    /// <param name="desiredVersion">Their version; null where it is unknown.</param>
    /// <param name="reported">Reported properties, with what the hub above does not have yet merged in.</param>
    /// <param name="reportedVersion">Their version; null where it is unknown.</param>
    internal void Adopt(JsonObject desired, long? desiredVersion, JsonObject reported, long? reportedVersion)
    {
        lock (_lock)
        {
            if (reportedVersion is { } newReported && newReported >= _reported.Version)
            {
                _reported.Adopt(reported, newReported, _time.GetUtcNow());
            }

            if (desiredVersion is { } newDesired && newDesired >= _desired.Version)
            {
                var wasKnown = _desired.Version > 0;
                var isNew = newDesired > _desired.Version;
                var change = _desired.Adopt(desired, newDesired, _time.GetUtcNow());
                if (isNew && (wasKnown || change.Count > 0))
                {
                    DesiredChanged?.Invoke(new DesiredChange(change, newDesired));
                }
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Formats the whole twin, to be stored.</summary>
    internal JsonObject Save()
    {
        var document = ForService();
        document["tagRevision"] = _tagRevision;
        return document;
    }

    /// <summary>Reads what <see cref="Save"/> formatted.</summary>
    internal void Load(JsonObject document)
    {
        lock (_lock)
        {
            _tags = document["tags"]!.DeepClone().AsObject();
            _tagRevision = document["tagRevision"]!.GetValue<long>();
            Restore(_desired, document["properties"]!["desired"]!);
            Restore(_reported, document["properties"]!["reported"]!);
        }
    }

    private static void Restore(TwinSection section, JsonNode saved)
    {
        var values = saved.DeepClone().AsObject();
        var metadata = values["$metadata"]!.DeepClone().AsObject();
        var version = values["$version"]!.GetValue<long>();
        values.Remove("$metadata");
        values.Remove("$version");
        section.Restore(values, metadata, version);
    }

    private JsonObject Merged(JsonObject tags, bool replace)
    {
        TwinLimits.Check(tags, "tags");
        var merged = JsonMergePatch.Applied(replace ? [] : _tags, tags);
        TwinLimits.CheckSize(merged, "tags", TwinLimits.MaxTagBytes);
        return merged;
    }
}

/// <summary>A change of the desired section, which is pushed to the device.</summary>
/// <param name="Patch">What changed, with null for what was removed; without <c>$version</c>.</param>
/// <param name="Version">Version of the section after the change.</param>
public sealed record DesiredChange(JsonObject Patch, long Version);
