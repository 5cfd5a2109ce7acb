using System.Text.Json.Nodes;
using EdgeGateway.Module.Fleet;

namespace EdgeGateway.Module.Methods;

/// <summary>Finds the microcontrollers that calls name.</summary>
internal static class McuLookup
{
    /// <exception cref="MethodException">404: there is none of that id.</exception>
    public static McuUnit Find(McuFleet fleet, string id, string field = "id") =>
        fleet.Units.FirstOrDefault(u => u.Id.Value == id) ?? throw Unknown(fleet, id, field);

    /// <exception cref="MethodException">404: there is none of that id.</exception>
    public static MethodException Unknown(McuFleet fleet, string id, string field) => new(
        MethodAnswer.Unknown,
        $"There is no microcontroller '{id}' here.",
        new JsonObject { ["field"] = field, ["known"] = MethodAnswer.Names([.. fleet.Units.Select(u => u.Id.Value)]) });
}
