using System.Globalization;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Twins;

/// <summary>Holds a section of a twin, desired or reported, with its version and the metadata of each property. Not thread-safe.</summary>
/// <param name="name">Name of the section, for messages.</param>
/// <param name="now">The time.</param>
/// <param name="isCopy">True where another hub counts the versions; the version is 0 until it is known.</param>
internal sealed class TwinSection(string name, DateTimeOffset now, bool isCopy)
{
    private const string LastUpdated = "$lastUpdated";

    public JsonObject Values { get; private set; } = [];

    public JsonObject Metadata { get; private set; } = new() { [LastUpdated] = Text(now) };

    /// <summary>Gets the version: it starts at 1 and counts changes; 0 where it is unknown.</summary>
    public long Version { get; private set; } = isCopy ? 0 : 1;

    /// <summary>Merges a patch; null removes a property.</summary>
    /// <exception cref="HubRequestException">A limit is exceeded; nothing is changed.</exception>
    public void Patch(JsonObject patch, DateTimeOffset now)
    {
        TwinLimits.Check(patch, name);
        var values = Values.DeepClone().AsObject();
        var metadata = Metadata.DeepClone().AsObject();
        Merge(values, metadata, patch, Text(now));
        TwinLimits.CheckSize(values, name, TwinLimits.MaxSectionBytes);
        (Values, Metadata, Version) = (values, metadata, isCopy ? Version : Version + 1);
    }

    /// <summary>Replaces all values.</summary>
    /// <returns>The merge patch with the same effect, for the device.</returns>
    public JsonObject Replace(JsonObject values, DateTimeOffset now)
    {
        var patch = values.DeepClone().AsObject();
        AddRemovals(patch, Values);
        Patch(patch, now);
        return patch;
    }

    /// <summary>Replaces all values by those of another hub.</summary>
    /// <returns>The merge patch with the same effect, for the device.</returns>
    public JsonObject Adopt(JsonObject values, long version, DateTimeOffset now)
    {
        var change = JsonMergePatch.Difference(Values, values) ?? [];
        var (newValues, metadata) = (Values.DeepClone().AsObject(), Metadata.DeepClone().AsObject());
        Merge(newValues, metadata, change, Text(now));
        (Values, Metadata, Version) = (newValues, metadata, version);
        return change;
    }

    /// <summary>Formats the section for the device: values and, where known, <c>$version</c>.</summary>
    public JsonObject ForDevice()
    {
        var copy = Values.DeepClone().AsObject();
        if (Version > 0)
        {
            copy["$version"] = Version;
        }

        return copy;
    }

    /// <summary>Formats the section for the service: values, <c>$metadata</c> and <c>$version</c>.</summary>
    public JsonObject ForService()
    {
        var copy = Values.DeepClone().AsObject();
        copy["$metadata"] = Metadata.DeepClone();
        copy["$version"] = Version;
        return copy;
    }

    public void Restore(JsonObject values, JsonObject metadata, long version) => (Values, Metadata, Version) = (values, metadata, version);

    private static void Merge(JsonObject values, JsonObject metadata, JsonObject patch, string now)
    {
        metadata[LastUpdated] = now;
        foreach (var (key, value) in patch)
        {
            switch (value)
            {
                case null:
                    values.Remove(key);
                    metadata.Remove(key);
                    break;
                case JsonObject nested:
                    if (values[key] is not JsonObject below)
                    {
                        values[key] = below = [];
                        metadata[key] = new JsonObject();
                    }

                    Merge(below, metadata[key]!.AsObject(), nested, now);
                    break;
                default:
                    values[key] = value.DeepClone();
                    metadata[key] = new JsonObject { [LastUpdated] = now };
                    break;
            }
        }
    }

    private static void AddRemovals(JsonObject patch, JsonObject present)
    {
        foreach (var (key, old) in present)
        {
            if (!patch.TryGetPropertyValue(key, out var replacement))
            {
                patch[key] = null;
            }
            else if (replacement is JsonObject below && old is JsonObject oldBelow)
            {
                AddRemovals(below, oldBelow);
            }
        }
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
