using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Twins;

namespace EdgeGateway.Module.Methods.Mcus;

/// <summary>Lists the microcontrollers and their states, page by page, in the order of the settings.</summary>
internal sealed class ListMcus(McuFleet fleet) : DirectMethod<ListArguments>("ListMcus")
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 200;

    protected override ListArguments Read(MethodArguments arguments) =>
        new(arguments.Text("after"), arguments.Integer("limit", 1, MaxLimit) ?? DefaultLimit);

    protected override ValueTask<MethodResponse> RunAsync(ListArguments arguments, CancellationToken cancellationToken)
    {
        var skip = 0;
        if (arguments.After is { } after)
        {
            var unit = McuLookup.Find(fleet, after, "after");
            skip = fleet.Units.TakeWhile(u => u != unit).Count() + 1;
        }

        var page = fleet.Units.Skip(skip).Take(arguments.Limit).ToList();
        return ValueTask.FromResult(new MethodResponse(MethodAnswer.Done, new JsonObject
        {
            ["total"] = fleet.Units.Count,
            ["mcus"] = new JsonArray([.. page.Select(Show)]),
            ["next"] = skip + page.Count < fleet.Units.Count ? page[^1].Id.Value : null,
        }));
    }

    private static JsonObject Show(McuUnit unit)
    {
        var status = unit.Status;
        return new JsonObject
        {
            ["id"] = unit.Id.Value,
            ["line"] = unit.Line,
            ["link"] = (status?.Link ?? default).ToString(),
            ["phase"] = (status?.Phase ?? default).ToString(),
            ["percent"] = status?.Percent ?? 0,
            ["runningVersion"] = Text(status?.RunningVersion),
            ["targetVersion"] = Text(status?.TargetVersion),
            ["paused"] = unit.IsPaused,
        };
    }

    private static string? Text(string? text) => text is null ? null : TwinText.Limit(text, 64);
}

/// <summary>A page of a list.</summary>
/// <param name="After">Id after which it begins; null for the first page.</param>
/// <param name="Limit">Most entries.</param>
internal sealed record ListArguments(string? After, int Limit);
