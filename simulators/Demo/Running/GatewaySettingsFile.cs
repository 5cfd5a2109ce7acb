using System.Text.Json;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;

namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>Writes the settings of the gateway, as an installer of a site would; docs/settings.md describes every key.</summary>
/// <param name="hub">The hub.</param>
/// <param name="lines">The lines and who is on them.</param>
/// <param name="baud">Their speed.</param>
/// <param name="groupKeyFile">File of the key that the keys of the microcontrollers are derived from.</param>
/// <param name="dataFolder">What must outlive a restart.</param>
public sealed class GatewaySettingsFile(
    HubEndpoint hub, IReadOnlyList<SimulatedLine> lines, int baud, string groupKeyFile, string dataFolder)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public void Write(string path) => File.WriteAllText(path, ToJson());

    internal string ToJson() => JsonSerializer.Serialize(
        new
        {
            Hub = new { hub.HostName, Port = hub.MqttPort, TrustedCaFile = hub.AuthorityFile },
            Credentials = new { GroupKeyFile = groupKeyFile },
            Module = new { DataFolder = dataFolder },
            Web = new { Enabled = false },
            Firmware = new { AllowUnsigned = true },
            Lines = lines.Select(line => new
            {
                line.Port,
                BaudRate = baud,
                line.HalfDuplex,
                Mcus = line.Mcus.Select(mcu => new { mcu.Id, mcu.Address }),
            }),
        },
        Indented);
}
