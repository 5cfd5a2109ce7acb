namespace EdgeGateway.Hub.Identity;

/// <summary>The connection string of a module: <c>HostName=…;GatewayHostName=…;DeviceId=…;ModuleId=…;SharedAccessKey=…</c>.</summary>
/// <remarks>Holds a secret; has no text form on purpose.</remarks>
public sealed class HubConnectionString
{
    private static readonly string[] Names = ["HostName", "GatewayHostName", "DeviceId", "ModuleId", "SharedAccessKey"];

    private HubConnectionString(IReadOnlyDictionary<string, string> parts, byte[] key)
    {
        HostName = parts["HostName"];
        GatewayHostName = parts.GetValueOrDefault("GatewayHostName");
        DeviceId = parts["DeviceId"];
        ModuleId = parts["ModuleId"];
        SharedAccessKey = key;
    }

    public string HostName { get; }

    /// <summary>Null for none.</summary>
    public string? GatewayHostName { get; }

    public string DeviceId { get; }

    public string ModuleId { get; }

    /// <summary>Decoded.</summary>
    public byte[] SharedAccessKey { get; }

    /// <summary>Reads a connection string.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mistakes">Takes every mistake, in words that show no secret.</param>
    /// <returns>Null if there was a mistake.</returns>
    public static HubConnectionString? Parse(string text, ICollection<string> mistakes)
    {
        var before = mistakes.Count;
        var parts = Split(text, mistakes);
        foreach (var name in Names.Except(["GatewayHostName"]).Where(n => !parts.ContainsKey(n)))
        {
            mistakes.Add($"{name} is missing.");
        }

        var key = KeyText.Decode(parts.GetValueOrDefault("SharedAccessKey"));
        if (parts.ContainsKey("SharedAccessKey") && key is null)
        {
            mistakes.Add("SharedAccessKey is not base64 text.");
        }

        return mistakes.Count == before ? new HubConnectionString(parts, key!) : null;
    }

    private static Dictionary<string, string> Split(string text, ICollection<string> mistakes)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : part[..equals].Trim();
            if (!Names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                mistakes.Add(name.Length == 0
                    ? "A part is not of the form name=value."
                    : $"'{name}' is unknown; expected are {string.Join(", ", Names)}.");
            }
            else if (equals == part.Length - 1)
            {
                mistakes.Add($"{name} is empty.");
                parts.TryAdd(name, "");
            }
            else if (!parts.TryAdd(name, part[(equals + 1)..].Trim()))
            {
                mistakes.Add($"{name} is there twice.");
            }
        }

        return parts;
    }
}
