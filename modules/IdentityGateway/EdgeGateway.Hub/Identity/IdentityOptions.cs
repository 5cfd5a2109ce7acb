namespace EdgeGateway.Hub.Identity;

/// <summary>Where the keys of the devices are. Settings section <c>Credentials</c>.</summary>
public sealed class IdentityOptions
{
    /// <summary>Secrets file with a JSON object of device id to base64 key.</summary>
    /// <value>Default: none. What it does not name is derived from the group key.</value>
    public string? KeysFile { get; set; }

    /// <summary>Secrets file with the base64 key of a group, from which the keys of its devices are derived (HMAC-SHA256 of the device id).</summary>
    /// <value>Default: none.</value>
    public string? GroupKeyFile { get; set; }
}
