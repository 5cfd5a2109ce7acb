using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>
/// Stores the identity registry and the twins in one JSON file, so that a simulator continues after a restart. Saves 2 s after a change, and once more
/// at the end.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RegistryFile : IDisposable
{
    private static readonly TimeSpan SaveDelay = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly AtomicFile _file;
    private readonly IdentityRegistry _registry;
    private readonly ITimer _timer;
    private bool _isSaveDue;

    private RegistryFile(string path, IdentityRegistry registry, TimeProvider time)
    {
        _file = new AtomicFile(path, isPrivate: true);
        _registry = registry;
        Load();
        _timer = time.CreateTimer(_ => Save(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        registry.Changed += SaveSoon;
    }

    /// <summary>Reads the file into the registry, if the file exists, and saves changes from now on.</summary>
    /// <exception cref="InvalidDataException">The file is not a registry; the message says how to go on.</exception>
    public static RegistryFile Open(string path, IdentityRegistry registry, TimeProvider time) => new(path, registry, time);

    /// <summary>Saves for the last time.</summary>
    public void Dispose()
    {
        _registry.Changed -= SaveSoon;
        _timer.Dispose();
        Save();
    }

    private void Load()
    {
        if (_file.Read() is not { } content)
        {
            return;
        }

        try
        {
            foreach (var saved in JsonNode.Parse(content)!.AsArray())
            {
                var name = saved!["name"].Deserialize<IdentityName>()!;
                _registry.Add(name, saved["record"].Deserialize<IdentityRecord>()!, saved["twin"]!.AsObject());
            }
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{_file.Path}' is not a registry of the simulator. Remove it to start with an empty registry.", e);
        }
    }

    private void SaveSoon()
    {
        lock (_lock)
        {
            if (!_isSaveDue)
            {
                _isSaveDue = true;
                _timer.Change(SaveDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Save()
    {
        lock (_lock)
        {
            _isSaveDue = false;
            var all = new JsonArray();
            foreach (var identity in _registry.All)
            {
                all.Add((JsonNode)new JsonObject
                {
                    ["name"] = JsonSerializer.SerializeToNode(identity.Name),
                    ["record"] = JsonSerializer.SerializeToNode(identity.Record),
                    ["twin"] = identity.Twin.Save(),
                });
            }

            _file.Write(Encoding.UTF8.GetBytes(all.ToJsonString()));
        }
    }
}
