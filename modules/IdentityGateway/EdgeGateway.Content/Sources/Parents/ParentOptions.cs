using System.ComponentModel.DataAnnotations;

namespace EdgeGateway.Content.Sources.Parents;

/// <summary>Configures the gateways above this one, which are asked for content before the origin. Settings section <c>Parent</c>.</summary>
public sealed class ParentOptions
{
    /// <summary>Asks parents, if there are any.</summary>
    /// <value>Read once at start; default true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Host name of the parent. Its certificate must have this name.</summary>
    /// <value>Read once at start; default: the parent that IoT Edge names for a nested device (<c>IOTEDGE_PARENTHOSTNAME</c>), else none.</value>
    public string? HostName { get; set; }

    /// <summary>TCP port of its content endpoint, HTTPS.</summary>
    /// <value>Read once at start; 1 to 65535; default 9443.</value>
    [Range(1, 65535)]
    public int Port { get; set; } = 9443;

    /// <summary>More parents, asked after the first one: <c>host</c> or <c>host:port</c>.</summary>
    /// <value>Read once at start; default none.</value>
    public IList<string> Alternatives { get; } = [];

    /// <summary>PEM file of the certificate authorities that are trusted for parents.</summary>
    /// <value>Default: the authorities that are trusted for the gateway host, such as the trust bundle of the IoT Edge device; else the system's.</value>
    public string? TrustedCaFile { get; set; }

    /// <summary>PEM file of the client certificate for parents, with the intermediate certificates.</summary>
    /// <value>Default: none.</value>
    public string? ClientCertificateFile { get; set; }

    /// <summary>PEM file of the private key of the client certificate.</summary>
    /// <value>Default: in <see cref="ClientCertificateFile"/>.</value>
    public string? ClientKeyFile { get; set; }

    /// <summary>Uses the identity certificate that the IoT Edge device issues for this module, where no file is named.</summary>
    /// <value>Default false.</value>
    public bool UseIdentityCertificate { get; set; }

    /// <summary>Sends parents a SAS token of this module, where the module has an identity.</summary>
    /// <value>Default true.</value>
    public bool SendToken { get; set; } = true;

    /// <summary>HTTP proxy for connections to parents.</summary>
    /// <value>Default: none; the environment variables are ignored.</value>
    public Uri? ProxyUrl { get; set; }

    /// <summary>Longest wait for a connection, with TLS.</summary>
    /// <value>1 s to 2 min; default 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a response: a parent that does not have the content asks its own parent first.</summary>
    /// <value>1 s to 10 min; default 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
