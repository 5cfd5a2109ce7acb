using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Security;

namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>Keeps the registry and the twins in one JSON file, so that a simulator goes on where it was stopped.</summary>
internal sealed class RegistryFile(string path, IdentityRegistry registry)
{
    /// <summary>Reads the file, if there is one.</summary>
    /// <exception cref="InvalidDataException">The file is not what <see cref="Save"/> wrote.</exception>
    public void Load()
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            foreach (var saved in JsonNode.Parse(File.ReadAllText(path))!.AsArray())
            {
                var name = saved!["name"].Deserialize<IdentityName>()!;
                registry.Add(name, saved["record"].Deserialize<IdentityRecord>()!, saved["twin"]!.AsObject());
            }
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' is not a registry of the simulator; remove it to begin with an empty one.", e);
        }
    }

    /// <summary>Writes everything; the file changes as a whole.</summary>
    public void Save()
    {
        var all = new JsonArray();
        foreach (var identity in registry.All)
        {
            all.Add((JsonNode)new JsonObject
            {
                ["name"] = JsonSerializer.SerializeToNode(identity.Name),
                ["record"] = JsonSerializer.SerializeToNode(identity.Record),
                ["twin"] = identity.Twin.Save(),
            });
        }

        SecretFile.Replace(path, all.ToJsonString());
    }
}
