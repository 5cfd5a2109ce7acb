using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeGateway.Serial;
using EdgeGateway.Simulators.Mcu.Node;

namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>Tells the truth about a microcontroller in a file, replaced in one step, for those who check what twins claim.</summary>
internal sealed class StateFile(string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly string _path = Path.Combine(folder, "state.json");

    public void Write(McuSnapshot snapshot)
    {
        var next = _path + ".new";
        File.WriteAllText(next, JsonSerializer.Serialize(Content.Of(snapshot), Json));
        File.Move(next, _path, overwrite: true);
    }

    private sealed record Content(
        string Id, string SerialNumber, string RunningVersion, string RunningDigest, string? RunningSlot, BootState BootState, uint BootCount, bool Powered)
    {
        public static Content Of(McuSnapshot snapshot) => new(
            snapshot.Id, snapshot.SerialNumber, snapshot.RunningVersion, snapshot.RunningDigest.ToString(), snapshot.RunningSlot?.ToString(),
            snapshot.BootState, snapshot.BootCount, snapshot.Powered);
    }
}
