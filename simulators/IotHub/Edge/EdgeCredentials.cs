using EdgeGateway.Hub.Identity;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>Holds the credentials with which an edge hub connects upstream: those of the module <c>$edgeHub</c> of an edge device, or of the device itself.</summary>
/// <remarks>Contains a secret, so that there is no text form.</remarks>
public sealed class EdgeCredentials
{
    private readonly byte[] _key;

    public EdgeCredentials(string hostName, IdentityName name, string key)
    {
        HostName = hostName;
        Name = name;
        _key = Convert.FromBase64String(key);
    }

    /// <summary>Gets the host name of the IoT hub, as in tokens.</summary>
    public string HostName { get; }

    public IdentityName Name { get; }

    /// <summary>Gets the id of the edge device.</summary>
    public string EdgeId => Name.DeviceId;

    /// <summary>Reads <c>HostName=…;DeviceId=…[;ModuleId=$edgeHub];SharedAccessKey=…</c>.</summary>
    /// <exception cref="FormatException">The text has another form; the message contains no secret.</exception>
    public static EdgeCredentials Parse(string connectionString)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Trim().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !parts.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                throw Wrong("a part is not of the form name=value, or occurs twice");
            }
        }

        var name = new IdentityName(Get("DeviceId"), parts.GetValueOrDefault("ModuleId"));
        if (name.ModuleId is not (null or IdentityName.EdgeHubModule))
        {
            throw Wrong($"ModuleId is '{name.ModuleId}', expected {IdentityName.EdgeHubModule} or no ModuleId");
        }

        var key = Get("SharedAccessKey");
        return Convert.TryFromBase64String(key, new byte[key.Length], out _)
            ? new EdgeCredentials(Get("HostName"), name, key)
            : throw Wrong("SharedAccessKey is not base64 text");

        string Get(string part) => parts.GetValueOrDefault(part) is { Length: > 0 } value ? value : throw Wrong($"{part} is missing");
    }

    /// <summary>Creates a token of the edge hub.</summary>
    internal string CreateToken(DateTimeOffset expiry) =>
        SharedAccessSignature.Create($"{HostName}/{Name.ResourcePath}", _key, expiry).ToString();

    private static FormatException Wrong(string why) => new($"The connection string of the edge device cannot be used: {why}. Expected HostName=HUB;DeviceId=EDGE;ModuleId=$edgeHub;SharedAccessKey=KEY.");
}
