using System.Text.Json;
using EdgeGateway.Simulators.Mcu.Host;

namespace EdgeGateway.Simulators.Mcu.CommandLine;

/// <summary>What stands behind READY: the lines and who is on them, for the program that started the simulator.</summary>
internal sealed record ReadyLine(IReadOnlyList<FleetLine> Lines)
{
    public static string Of(McuFleet fleet) => JsonSerializer.Serialize(new ReadyLine(fleet.Lines), JsonSerializerOptions.Web);
}
