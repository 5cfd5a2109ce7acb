using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;

namespace EdgeGateway.Module.Methods.Pausing;

/// <summary>Lets new updates wait, over restarts too. What is under way goes on.</summary>
internal sealed class PauseUpdates(McuFleet fleet, UpdatePause pause) : DirectMethod<PauseArguments>("PauseUpdates")
{
    protected override PauseArguments Read(MethodArguments arguments) => PauseArguments.Read(arguments);

    protected override ValueTask<MethodResponse> RunAsync(PauseArguments arguments, CancellationToken cancellationToken) =>
        ValueTask.FromResult(PauseArguments.Answer(pause.Pause(arguments.Checked(fleet)), pause.BySettings));
}

/// <summary>Lets updates that wait begin. What the settings hold, only they let go.</summary>
internal sealed class ResumeUpdates(McuFleet fleet, UpdatePause pause) : DirectMethod<PauseArguments>("ResumeUpdates")
{
    protected override PauseArguments Read(MethodArguments arguments) => PauseArguments.Read(arguments);

    protected override ValueTask<MethodResponse> RunAsync(PauseArguments arguments, CancellationToken cancellationToken)
    {
        var ids = arguments.Checked(fleet);
        return pause.BySettings
            ? throw new MethodException(
                MethodAnswer.WrongState, "The setting Module:Paused holds all updates; change it in the module twin or the settings file.")
            : ValueTask.FromResult(PauseArguments.Answer(pause.Resume(ids), pause.BySettings));
    }
}

/// <summary>Ids of microcontrollers; null for all.</summary>
internal sealed record PauseArguments(IReadOnlyList<string>? Ids)
{
    private const int MaxIds = 500;

    public static PauseArguments Read(MethodArguments arguments) => new(arguments.Texts("ids", MaxIds));

    /// <exception cref="MethodException">404: one of them is not here.</exception>
    public IReadOnlyList<string>? Checked(McuFleet fleet)
    {
        var known = fleet.Units.Select(u => u.Id.Value).ToHashSet(StringComparer.Ordinal);
        return Ids?.FirstOrDefault(id => !known.Contains(id)) is { } unknown ? throw McuLookup.Unknown(fleet, unknown, "ids") : Ids;
    }

    /// <summary>Returns which updates are paused now.</summary>
    public static MethodResponse Answer(PauseState state, bool bySettings) => new(MethodAnswer.Done, new JsonObject
    {
        ["all"] = state.All,
        ["ids"] = MethodAnswer.Names(state.Ids),
        ["bySettings"] = bySettings,
    });
}
