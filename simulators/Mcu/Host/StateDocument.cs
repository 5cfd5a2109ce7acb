using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeGateway.Serial;
using EdgeGateway.Simulators.Mcu.Node;

namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>The truth about a microcontroller, as those read it who check what twins claim.</summary>
internal sealed record StateDocument(
    string Id, string SerialNumber, string RunningVersion, string RunningDigest, string? RunningSlot, BootState BootState, uint BootCount, bool Powered)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static StateDocument Of(McuSnapshot snapshot) => new(
        snapshot.Id, snapshot.SerialNumber, snapshot.RunningVersion, snapshot.RunningDigest.ToString(), snapshot.RunningSlot?.ToString(),
        snapshot.BootState, snapshot.BootCount, snapshot.Powered);
}
