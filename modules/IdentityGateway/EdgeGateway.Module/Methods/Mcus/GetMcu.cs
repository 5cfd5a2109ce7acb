using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Twins;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Module.Methods.Mcus;

/// <summary>Returns what the gateway knows of one microcontroller, also while its twin cannot be reached.</summary>
internal sealed class GetMcu(McuFleet fleet) : DirectMethod<string>("GetMcu")
{
    protected override string Read(MethodArguments arguments) => arguments.Text("id", required: true) ?? "";

    protected override ValueTask<MethodResponse> RunAsync(string arguments, CancellationToken cancellationToken)
    {
        var unit = McuLookup.Find(fleet, arguments);
        return ValueTask.FromResult(new MethodResponse(MethodAnswer.Done, new JsonObject
        {
            ["id"] = unit.Id.Value,
            ["line"] = unit.Line,
            ["paused"] = unit.IsPaused,
            ["connection"] = Connection(unit.Connection),
            ["gateway"] = unit.Component,
            ["facts"] = unit.Status?.Facts is { } facts ? Facts(facts) : null,
        }));
    }

    private static JsonObject Connection(ConnectionStatus? status) => new()
    {
        ["state"] = status?.State.ToString() ?? "Unknown",
        ["reason"] = status?.Failure?.ToString(),
        ["message"] = status?.Detail is { } detail ? TwinText.Limit(detail) : null,
    };

    private static JsonObject Facts(McuFacts facts) => new()
    {
        ["manufacturer"] = facts.Vendor,
        ["model"] = facts.Model,
        ["hardwareRevision"] = facts.HardwareRevision,
        ["serialNumber"] = facts.SerialNumber,
        ["version"] = facts.RunningVersion,
        ["digest"] = facts.RunningDigest.IsUnknown ? null : facts.RunningDigest.ToString(),
        ["bootState"] = facts.BootState.ToString(),
        ["slotSize"] = facts.SlotSize,
        ["canRollBack"] = facts.CanRollBack,
    };
}
