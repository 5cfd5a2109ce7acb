using System.Text.Json.Nodes;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Dynamic;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Parents;
using EdgeGateway.Module.Prefetch;
using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Twins;

/// <summary>
/// Reported properties of the module itself: how the settings of its twin were taken, and how the fleet stands. docs/twins.md shows them.
/// </summary>
internal sealed class ModuleReports(IDeviceConnection connection, DateTimeOffset startedAt)
{
    /// <summary>Most mistakes and problems that are listed; a section of a twin holds 32 KB.</summary>
    public const int MaxListed = 20;

    private const int MaxListedText = 400;

    /// <summary>Tells how a version of the settings was taken.</summary>
    public void OnSettings(SettingsState state) => connection.Set("settings", new JsonObject
    {
        ["status"] = state.Errors.Count == 0 ? "applied" : "rejected",
        ["version"] = state.Version,
        ["inForce"] = state.InForce,
        ["errors"] = List(state.Errors.Select(e => (JsonNode)TwinText.Limit(e.ToString(), MaxListedText))),
    });

    /// <summary>Tells how the fleet stands; called now and then, sends what has changed.</summary>
    public void OnFleet(IReadOnlyList<McuUnit> units, IReadOnlyList<CheckResult> checks)
    {
        var states = units.Select(u => u.Status).ToList();
        connection.Set(GatewayComponent.Name, new JsonObject
        {
            ["__t"] = "c",
            ["version"] = ProductVersion.Text,
            ["startedAt"] = TwinTime.Text(startedAt),
            ["mcus"] = new JsonObject
            {
                ["total"] = units.Count,
                ["online"] = states.Count(s => s?.Link == McuLinkState.Online),
                ["updating"] = states.Count(s => s is not null && UpdatePhases.IsUnderWay(s.Phase)),
                ["failed"] = states.Count(s => s?.Phase == UpdatePhase.Failed),
                ["paused"] = units.Count(u => u.IsPaused),
            },
            ["problems"] = List(checks.Select(Problem).Concat(units.Select(Problem)).OfType<JsonNode>()),
        });
    }

    /// <summary>Tells how the fetching ahead stands.</summary>
    public void OnPrefetch(JsonObject component) => connection.Set(PrefetchTwin.Property, component);

    /// <summary>Tells that the gateway does not run, and why.</summary>
    public void OnWaiting(IReadOnlyList<SettingsError> mistakes) => connection.Set(GatewayComponent.Name, new JsonObject
    {
        ["__t"] = "c",
        ["version"] = ProductVersion.Text,
        ["startedAt"] = TwinTime.Text(startedAt),
        ["problems"] = List(mistakes.Select(m => Problem(SettingsReadiness.Name, m.ToString()))),
    });

    /// <summary>Reports what is wrong with the gateway itself; problems of hub and lines are reported one by one elsewhere.</summary>
    private static JsonObject? Problem(CheckResult check) =>
        check is { Status: CheckStatus.Failed, Name: SettingsReadiness.Name or DataFolderReadiness.Name or ParentReadiness.Name } ? Problem(check.Name, check.Message) : null;

    private static JsonObject Problem(string check, string message) => new()
    {
        ["check"] = check,
        ["message"] = TwinText.Limit(message, MaxListedText),
    };

    /// <summary>What the twin of the microcontroller cannot tell, as it cannot be reached: trouble between it and the hub.</summary>
    private static JsonObject? Problem(McuUnit unit)
    {
        return unit.Connection is { State: not ConnectionState.Connected, Failure: { } failure } connection
            ? new JsonObject
            {
                ["mcu"] = unit.Id.Value,
                ["reason"] = failure.ToString(),
                ["message"] = TwinText.Limit(connection.Detail ?? "", MaxListedText),
            }
            : null;
    }

    private static JsonArray List(IEnumerable<JsonNode> items)
    {
        var all = items.ToList();
        return [.. all.Take(MaxListed), .. all.Count > MaxListed ? [$"and {all.Count - MaxListed} more"] : Array.Empty<JsonNode>()];
    }
}
