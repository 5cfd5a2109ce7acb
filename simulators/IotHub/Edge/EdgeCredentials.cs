using EdgeGateway.Hub.Identity;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>Who an edge hub is towards the hub above: the module <c>$edgeHub</c> of an edge device, or the device itself.</summary>
/// <remarks>Holds a secret; has no text form on purpose.</remarks>
public sealed class EdgeCredentials
{
    private readonly byte[] _key;

    public EdgeCredentials(string hostName, IdentityName name, string key)
    {
        HostName = hostName;
        Name = name;
        _key = Convert.FromBase64String(key);
    }

    /// <summary>The IoT Hub, as in tokens.</summary>
    public string HostName { get; }

    public IdentityName Name { get; }

    /// <summary>Id of the edge device.</summary>
    public string EdgeId => Name.DeviceId;

    /// <summary>Reads <c>HostName=…;DeviceId=…[;ModuleId=$edgeHub];SharedAccessKey=…</c>.</summary>
    /// <exception cref="FormatException">It is not that; the message shows no secret.</exception>
    public static EdgeCredentials Parse(string connectionString)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Trim().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !parts.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                throw Wrong("a part of it is not of the form name=value, or is there twice");
            }
        }

        var name = new IdentityName(Get("DeviceId"), parts.GetValueOrDefault("ModuleId"));
        if (name.ModuleId is not (null or IdentityName.EdgeHubModule))
        {
            throw Wrong($"ModuleId is '{name.ModuleId}', it must be {IdentityName.EdgeHubModule} or absent");
        }

        var key = Get("SharedAccessKey");
        return Convert.TryFromBase64String(key, new byte[key.Length], out _)
            ? new EdgeCredentials(Get("HostName"), name, key)
            : throw Wrong("SharedAccessKey is not base64 text");

        string Get(string part) => parts.GetValueOrDefault(part) is { Length: > 0 } value ? value : throw Wrong($"{part} is missing");
    }

    /// <summary>Makes a token of the edge hub.</summary>
    internal string CreateToken(DateTimeOffset expiry) =>
        SharedAccessSignature.Create($"{HostName}/{Name.ResourcePath}", _key, expiry).ToString();

    private static FormatException Wrong(string why) => new($"The connection string of the edge device is wrong: {why}.");
}
