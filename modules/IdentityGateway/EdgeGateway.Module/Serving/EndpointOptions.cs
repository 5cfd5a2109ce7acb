using System.ComponentModel.DataAnnotations;
using System.Net;

namespace EdgeGateway.Module.Serving;

/// <summary>The endpoint from which gateways below and Delivery Optimization clients fetch content. Settings section <c>Endpoint</c>.</summary>
public sealed class EndpointOptions : IValidatableObject
{
    /// <summary>Serves content.</summary>
    /// <value>Default false.</value>
    public bool Enabled { get; set; }

    /// <summary>Address to listen on.</summary>
    /// <value>An IP address; default 0.0.0.0: all of the container.</value>
    [Required]
    public string Address { get; set; } = "0.0.0.0";

    /// <summary>Port of HTTPS, for gateways below.</summary>
    /// <value>0 to 65535, 0 is off; default 9443.</value>
    [Range(0, 65535)]
    public int HttpsPort { get; set; } = 9443;

    /// <summary>Port of plain HTTP, for clients of Microsoft Connected Cache: they know no login, so only allowed origins are served there.</summary>
    /// <value>0 to 65535, 0 is off; default 0.</value>
    [Range(0, 65535)]
    public int HttpPort { get; set; }

    /// <summary>Address to listen on for plain HTTP.</summary>
    /// <value>An IP address; default: as <see cref="Address"/>.</value>
    public string? HttpAddress { get; set; }

    /// <summary>Host name that gateways below connect to; the workload API makes the certificate for it.</summary>
    /// <value>Default: <c>IOTEDGE_GATEWAYHOSTNAME</c>.</value>
    public string? HostName { get; set; }

    /// <summary>PEM file of the server certificate, followed by those that vouch for it; read again when it changes.</summary>
    /// <value>Default: none, the workload API makes one.</value>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file of the private key of <see cref="CertificateFile"/>.</summary>
    /// <value>Default: none.</value>
    public string? CertificateKeyFile { get; set; }

    /// <summary>Secrets file with a JSON object of <c>edge/module</c> to base64 key: the keys that children sign their tokens with.</summary>
    /// <value>Default: none. What it does not name is derived from the group key.</value>
    public string? ChildKeysFile { get; set; }

    /// <summary>Secrets file with the base64 key of a group; the key of a child is HMAC-SHA256 of <c>edge/module</c> under it.</summary>
    /// <value>Default: none.</value>
    public string? ChildGroupKeyFile { get; set; }

    /// <summary>Children that are served, <c>edge/module</c>. Client certificates are requested and accepted only where this list is not empty.</summary>
    /// <value>Default: empty: every child whose token is right.</value>
    public IList<string> Children { get; } = [];

    /// <summary>PEM file of the authorities that vouch for certificates of children.</summary>
    /// <value>Default: the trust bundle of the IoT Edge device.</value>
    public string? TrustedCaFile { get; set; }

    /// <summary>
    /// Origins that may be fetched from for others, beside those of Device Update (<c>*.b.nlu.dl.adu.microsoft.com</c>): a name, <c>*.name</c>
    /// for every host below it, or an IP address; <c>:port</c> or <c>:*</c> behind it for other ports than the usual one.
    /// </summary>
    /// <value>Default: empty.</value>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Connections at once, each of HTTPS and plain HTTP.</summary>
    /// <value>1 to 10000; default 256.</value>
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = 256;

    /// <summary>Requests at once of one child, or without login of one address; more are put off (503).</summary>
    /// <value>1 to 10000; default 64.</value>
    [Range(1, 10_000)]
    public int MaxRequestsPerChild { get; set; } = 64;

    /// <summary>A reader slower than this is cut off.</summary>
    /// <value>1 B/s to 1 MiB/s, in bytes a second; default 1024.</value>
    [Range(1, 1 << 20)]
    public int MinBytesPerSecond { get; set; } = 1024;

    /// <summary>Takes any free ports; for tests.</summary>
    internal bool TakesFreePorts { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            yield return new ValidationResult("it is no IP address, such as 0.0.0.0", [nameof(Address)]);
        }

        if (!string.IsNullOrEmpty(HttpAddress) && !IPAddress.TryParse(HttpAddress, out _))
        {
            yield return new ValidationResult("it is no IP address, such as 127.0.0.1", [nameof(HttpAddress)]);
        }

        if (Enabled && HttpsPort == 0 && HttpPort == 0)
        {
            yield return new ValidationResult("Endpoint:Enabled is true, and both ports are off", [nameof(HttpsPort)]);
        }

        if (string.IsNullOrEmpty(CertificateFile) != string.IsNullOrEmpty(CertificateKeyFile))
        {
            yield return new ValidationResult(
                "CertificateFile and CertificateKeyFile belong together",
                [string.IsNullOrEmpty(CertificateFile) ? nameof(CertificateFile) : nameof(CertificateKeyFile)]);
        }
    }
}
