using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>Keeps the whole state of each component, and computes the patch that brings the hub to it.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ComponentStates
{
    private readonly Dictionary<string, JsonObject> _states = [];
    private JsonObject _reported = [];

    /// <summary>Replaces the state of a component.</summary>
    /// <returns>The patch from the previous state, or from what the hub had; null where nothing differs.</returns>
    public JsonObject? Set(string component, JsonObject state)
    {
        var before = _states.TryGetValue(component, out var known) ? known : _reported[component] as JsonObject ?? [];
        var copy = (JsonObject)state.DeepClone();
        _states[component] = copy;
        return Patch(component, before, copy);
    }

    /// <summary>Compares all components with a reported section.</summary>
    /// <param name="reported">The section as it will be once all waiting reports have arrived.</param>
    /// <returns>The patch that corrects what differs; null where nothing does.</returns>
    public JsonObject? Align(JsonObject reported)
    {
        _reported = reported;
        var patch = new JsonObject();
        foreach (var (component, state) in _states)
        {
            if (Patch(component, reported[component] as JsonObject ?? [], state) is { } changes)
            {
                JsonMergePatch.Combine(patch, changes);
            }
        }

        return patch.Count == 0 ? null : patch;
    }

    private static JsonObject? Patch(string component, JsonObject from, JsonObject to) =>
        JsonMergePatch.Difference(from, to) is { } changes ? new JsonObject { [component] = changes } : null;
}
