using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>
/// Any number of JSON merge patches (RFC 7386) folded into at most two that have the same effect. One is not always enough: a value that was removed or
/// overwritten and then became an object again must be cleared first, or the hub would merge the object into its old content.
/// </summary>
internal sealed class PendingReport
{
    private readonly JsonObject _clear = [];
    private readonly JsonObject _merge = [];

    public bool IsEmpty => _clear.Count == 0 && _merge.Count == 0;

    /// <summary>Adds a patch behind the others.</summary>
    public void Add(JsonObject patch) => Add(_merge, patch, []);

    /// <summary>The patches to send, in order; none, one or two.</summary>
    public IEnumerable<JsonObject> Patches => new[] { _clear, _merge }.Where(p => p.Count > 0);

    private void Add(JsonObject into, JsonObject patch, string[] path)
    {
        foreach (var (name, value) in patch)
        {
            string[] at = [.. path, name];
            var known = into.TryGetPropertyValue(name, out var old);
            if (value is JsonObject added && old is JsonObject target)
            {
                Add(target, added, at);
            }
            else if (value is JsonObject whole && known)
            {
                SetCleared(at);
                into[name] = WithoutNulls(whole);
            }
            else
            {
                if (value is not JsonObject)
                {
                    ForgetCleared(at);
                }

                into[name] = value?.DeepClone();
            }
        }
    }

    private void SetCleared(string[] path)
    {
        var node = _clear;
        foreach (var name in path[..^1])
        {
            if (node.TryGetPropertyValue(name, out var child) && child is null)
            {
                return; // cleared with its parent
            }

            if (child is not JsonObject next)
            {
                node[name] = next = [];
            }

            node = next;
        }

        node[path[^1]] = null;
    }

    private void ForgetCleared(string[] path)
    {
        var parents = new List<JsonObject> { _clear };
        foreach (var name in path[..^1])
        {
            if (parents[^1][name] is not JsonObject next)
            {
                return;
            }

            parents.Add(next);
        }

        for (var i = parents.Count - 1; i >= 0; i--)
        {
            parents[i].Remove(path[i]);
            if (parents[i].Count > 0)
            {
                return;
            }
        }
    }

    private static JsonObject WithoutNulls(JsonObject value)
    {
        var result = new JsonObject();
        foreach (var (name, child) in value)
        {
            if (child is not null)
            {
                result[name] = child is JsonObject inner ? WithoutNulls(inner) : child.DeepClone();
            }
        }

        return result;
    }
}
