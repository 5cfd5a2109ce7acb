using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.Origin.Serving;

/// <summary>Counts requests and served bytes.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ServedBytes
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _files = new(StringComparer.Ordinal);
    private long _requests;

    /// <summary>Bytes of file content handed to connections; no headers, no error texts.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _files.Values.Sum();
            }
        }
    }

    /// <summary>Requests for files, failed ones too.</summary>
    public long Requests
    {
        get
        {
            lock (_lock)
            {
                return _requests;
            }
        }
    }

    /// <summary>Bytes of one file, by its path below the root.</summary>
    public long BytesOf(string name)
    {
        lock (_lock)
        {
            return _files.GetValueOrDefault(name);
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _files.Clear();
            _requests = 0;
        }
    }

    internal void CountRequest()
    {
        lock (_lock)
        {
            _requests++;
        }
    }

    internal void Count(string name, int bytes)
    {
        lock (_lock)
        {
            _files[name] = _files.GetValueOrDefault(name) + bytes;
        }
    }

    internal JsonObject ToJson()
    {
        lock (_lock)
        {
            return new JsonObject
            {
                ["bytes"] = _files.Values.Sum(),
                ["requests"] = _requests,
                ["files"] = new JsonObject(_files.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))),
            };
        }
    }
}
