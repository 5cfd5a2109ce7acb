using System.Globalization;
using System.Text.Json;

namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>One line of the simulator: a pseudo-terminal or TCP port with the microcontrollers on it.</summary>
public sealed record SimulatedLine(string Port, bool HalfDuplex, IReadOnlyList<SimulatedMcu> Mcus)
{
    /// <summary>The lines of a simulator that listens on TCP ports one after the other.</summary>
    public static IReadOnlyList<SimulatedLine> OnTcp(Uri first, int mcus, int mcusPerLine)
    {
        var numbers = Enumerable.Range(1, mcus).Chunk(mcusPerLine).ToList();
        return [.. numbers.Select((onLine, i) => new SimulatedLine(
            string.Create(CultureInfo.InvariantCulture, $"tcp://{first.Host}:{first.Port + i}"),
            mcusPerLine > 1,
            [.. onLine.Select((number, place) => new SimulatedMcu(SimulatedMcu.IdOf(number), mcusPerLine > 1 ? place + 1 : 0))]))];
    }

    /// <summary>The lines of a READY document.</summary>
    public static IReadOnlyList<SimulatedLine> FromReady(JsonElement ready) =>
        [.. ready.GetProperty("lines").EnumerateArray().Select(line => new SimulatedLine(
            line.GetProperty("port").GetString()!,
            line.GetProperty("halfDuplex").GetBoolean(),
            [.. line.GetProperty("mcus").EnumerateArray().Select(SimulatedMcu.FromJson)]))];
}
