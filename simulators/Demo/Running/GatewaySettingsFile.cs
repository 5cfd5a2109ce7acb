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

    /// <summary>PEM file of its authority.</summary>
    public required string AuthorityFile { get; init; }

    /// <summary>File of the key that the keys of the microcontrollers are derived from.</summary>
    public required string GroupKeyFile { get; init; }

    /// <summary>The lines and who is on them.</summary>
    public required IReadOnlyList<SimulatedLine> Lines { get; init; }

    /// <summary>Their speed.</summary>
    public required int Baud { get; init; }

    /// <summary>What must outlive a restart.</summary>
    /// <value>Default: where the gateway's image has it.</value>
    public string? DataFolder { get; init; }

    /// <summary>Whether it serves metrics and health.</summary>
    public bool Web { get; init; } = true;

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Hub = new { HostName, Port, TrustedCaFile = AuthorityFile },
            Credentials = new { GroupKeyFile },
            Module = DataFolder is null ? null : new { DataFolder },
            Web = new { Enabled = Web },
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
