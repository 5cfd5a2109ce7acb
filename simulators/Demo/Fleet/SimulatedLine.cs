using System.Text.Json;

namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>One line of the simulator: a pseudo-terminal with the microcontrollers on it.</summary>
public sealed record SimulatedLine(string Port, bool HalfDuplex, IReadOnlyList<SimulatedMcu> Mcus)
{
    /// <summary>The lines of a READY document.</summary>
    public static IReadOnlyList<SimulatedLine> FromReady(JsonElement ready) =>
        [.. ready.GetProperty("lines").EnumerateArray().Select(line => new SimulatedLine(
            line.GetProperty("port").GetString()!,
            line.GetProperty("halfDuplex").GetBoolean(),
            [.. line.GetProperty("mcus").EnumerateArray().Select(SimulatedMcu.FromJson)]))];
}
