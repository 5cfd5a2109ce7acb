using System.Net;
using System.Net.Sockets;
using EdgeGateway.Simulators.IotHub.Edge;

namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>Configures where a simulator listens and where it stores its data.</summary>
public sealed class IotHubSimulatorOptions
{
    /// <summary>Address to listen on; several hubs can run on 127.0.0.x.</summary>
    /// <value>Default: 127.0.0.1.</value>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port for MQTT over TLS.</summary>
    /// <value>0 (any free) to 65535; default 0. The command line's default is 8883.</value>
    public int MqttPort { get; init; }

    /// <summary>TCP port of HTTPS: the service REST API, and MQTT over WebSockets.</summary>
    /// <value>0 (any free) to 65535; default 0. The command line's default is 8443.</value>
    public int HttpsPort { get; init; }

    /// <summary>Name of the hub in tokens and in its certificate; of an edge hub, its own name, which clients connect to.</summary>
    /// <value>Default: localhost.</value>
    public string HostName { get; init; } = "localhost";

    /// <summary>Folder of the certificate authority, the owner's key and the registry.</summary>
    /// <value>Default: none, a temporary folder that is removed with the simulator.</value>
    public string? DataFolder { get; init; }

    /// <summary>PEM file of an authority and its key to make the server certificate with, so that several simulators share one.</summary>
    /// <value>Default: none, one of its own in the data folder.</value>
    public string? AuthorityFile { get; init; }

    /// <summary>PEM file of the server certificate, and what lies between it and its root, instead of one that is made.</summary>
    /// <value>Default: none.</value>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of the key of <see cref="CertificateFile"/>.</summary>
    /// <value>Default: the certificate's file.</value>
    public string? CertificateKeyFile { get; init; }

    /// <summary>Makes it an edge hub, below a hub or another edge hub.</summary>
    /// <value>Default: none, it is a hub.</value>
    public EdgeHubOptions? EdgeHub { get; init; }

    /// <summary>Gets the fault of a real release to imitate.</summary>
    /// <value>Default: none.</value>
    public Quirk Quirk { get; init; }

    /// <summary>Telemetry messages to keep.</summary>
    /// <value>Default: 10 000.</value>
    public int TelemetryCapacity { get; init; } = 10_000;

    /// <summary>How long a client may take from the TCP connection to its CONNECT packet.</summary>
    /// <value>Default: 30 s.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Makes the bound sockets to listen on, such as those of another network namespace.</summary>
    /// <value>Default: none, ordinary sockets.</value>
    public Func<IPEndPoint, Socket>? Bind { get; init; }
}

/// <summary>A fault of real releases that clients have to cope with.</summary>
public enum Quirk
{
    None,

    /// <summary>A CONNECT that arrives together with the last message of the TLS handshake is lost (edgeHub 1.6.0 and 1.6.1).</summary>
    LostConnect,
}
