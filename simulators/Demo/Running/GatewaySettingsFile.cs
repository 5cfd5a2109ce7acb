using System.Text.Json;
using EdgeGateway.Simulators.Demo.Fleet;

namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>Writes the settings of the gateway, as an installer of a site would; docs/settings.md describes every key.</summary>
public sealed record GatewaySettingsFile
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Name of the hub.</summary>
    public required string HostName { get; init; }

    /// <summary>Its port of MQTT over TLS.</summary>
    public required int Port { get; init; }

    /// <summary>The edgeHub to connect to instead; the port and the authority are its own then.</summary>
    /// <value>Default: none.</value>
    public string? GatewayHostName { get; init; }

    /// <summary>PEM file of its authority.</summary>
    public required string AuthorityFile { get; init; }

    /// <summary>File of the key that the keys of the microcontrollers are derived from; null where there are none.</summary>
    public required string? GroupKeyFile { get; init; }

    /// <summary>The lines and who is on them.</summary>
    public required IReadOnlyList<SimulatedLine> Lines { get; init; }

    /// <summary>Their speed.</summary>
    public required int Baud { get; init; }

    /// <summary>What must outlive a restart.</summary>
    /// <value>Default: where the gateway's image has it.</value>
    public string? DataFolder { get; init; }

    /// <summary>Whether it serves metrics and health.</summary>
    public bool Web { get; init; } = true;

    /// <summary>Where the gateway above serves content.</summary>
    /// <value>Default: none, content comes from the origin.</value>
    public ParentAddress? Parent { get; init; }

    /// <summary>How it serves content to gateways below.</summary>
    /// <value>Default: not at all.</value>
    public EndpointSettings? Endpoint { get; init; }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Hub = new { HostName, GatewayHostName, Port, TrustedCaFile = AuthorityFile },
            Credentials = GroupKeyFile is null ? null : new { GroupKeyFile },
            Module = DataFolder is null ? null : new { DataFolder },
            Web = new { Enabled = Web },
            Content = Parent is null ? null : new { OriginAllowed = false },
            Parent = Parent is null ? null : new { Enabled = true, Parent.HostName, Parent.Port, TrustedCaFile = Parent.AuthorityFile },
            Endpoint = Endpoint is null ? null : new
            {
                Enabled = true,
                Address = "127.0.0.1",
                HttpsPort = Endpoint.Port,
                Endpoint.CertificateFile,
                CertificateKeyFile = Endpoint.KeyFile,
                Endpoint.ChildKeysFile,
                AllowedOrigins = Endpoint.Origins,
            },
            Firmware = new { AllowUnsigned = true },
            Lines = Lines.Select(line => new
            {
                line.Port,
                BaudRate = Baud,
                line.HalfDuplex,
                Mcus = line.Mcus.Select(mcu => new { mcu.Id, mcu.Address }),
            }),
        },
        Indented);
}
