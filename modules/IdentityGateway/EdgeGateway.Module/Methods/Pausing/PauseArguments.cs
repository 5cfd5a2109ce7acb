using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;

namespace EdgeGateway.Module.Methods.Pausing;

/// <summary>Whose updates; null for everybody's.</summary>
internal sealed record PauseArguments(IReadOnlyList<string>? Ids)
{
    private const int MaxIds = 500;

    public static PauseArguments Read(MethodArguments arguments) => new(arguments.Texts("ids", MaxIds));

    /// <exception cref="MethodException">404: one of them is not here.</exception>
    public IReadOnlyList<string>? Checked(McuFleet fleet)
    {
        var known = fleet.Units.Select(u => u.Id.Value).ToHashSet(StringComparer.Ordinal);
        return Ids?.FirstOrDefault(id => !known.Contains(id)) is { } stranger ? throw McuLookup.Unknown(fleet, stranger, "ids") : Ids;
    }

    /// <summary>Who is held now.</summary>
    public static MethodResponse Answer(PauseState state, bool bySettings) => new(MethodAnswer.Done, new JsonObject
    {
        ["all"] = state.All,
        ["ids"] = MethodAnswer.Names(state.Ids),
        ["bySettings"] = bySettings,
    });
}
