using EdgeGateway.Hub.Identity;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Security;

/// <summary>The shared access policy <c>iothubowner</c>, whose key gives all rights in the service API.</summary>
public sealed class OwnerPolicy(string hostName, string key)
{
    public const string Name = "iothubowner";
    private const string KeyFile = "iothubowner.key";

    /// <summary>Gets the key, base64.</summary>
    public string Key { get; } = key;

    /// <summary>Gets the connection string for service clients.</summary>
    public string ConnectionString => $"HostName={hostName};SharedAccessKeyName={Name};SharedAccessKey={Key}";

    /// <summary>Reads the key of a folder, or creates one.</summary>
    public static OwnerPolicy LoadOrCreate(string folder, string hostName)
    {
        var path = Path.Combine(folder, KeyFile);
        SecretFile.CreateOnce(path, SymmetricKey.New);
        return new OwnerPolicy(hostName, SymmetricKey.Checked(File.ReadAllText(path).Trim(), KeyFile));
    }

    /// <summary>Creates a token for the whole hub.</summary>
    public string CreateToken(DateTimeOffset expiry) =>
        SharedAccessSignature.Create(hostName, Convert.FromBase64String(Key), expiry, Name).ToString();
}
