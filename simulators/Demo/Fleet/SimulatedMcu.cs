using System.Globalization;
using System.Text.Json;

namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>One microcontroller as the simulator announces it.</summary>
/// <param name="Id">Its id, which is its device id at the hub too.</param>
/// <param name="Address">Its address on the line.</param>
public sealed record SimulatedMcu(string Id, int Address)
{
    /// <summary>Id of the microcontroller of a number, as the simulator makes them: mcu-01, mcu-02 ...</summary>
    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"mcu-{number:D2}");

    public static SimulatedMcu FromJson(JsonElement json) =>
        new(json.GetProperty("id").GetString()!, json.GetProperty("address").GetInt32());
}
