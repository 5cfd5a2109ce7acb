using System.Text.Json.Nodes;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Twins;

namespace EdgeGateway.Module.Methods.Updates;

/// <summary>Lists the ended updates of one microcontroller, newest first, as far as its journal keeps them.</summary>
internal sealed class GetHistory(McuFleet fleet) : DirectMethod<HistoryArguments>("GetHistory")
{
    protected override HistoryArguments Read(MethodArguments arguments) => new(
        arguments.Text("id", required: true) ?? "",
        arguments.Integer("limit", 1, JournalState.MaxFinished) ?? JournalState.MaxFinished);

    protected override ValueTask<MethodResponse> RunAsync(HistoryArguments arguments, CancellationToken cancellationToken)
    {
        var unit = McuLookup.Find(fleet, arguments.Id);
        var updates = unit.Workflow?.History ?? throw new MethodException(MethodAnswer.NotNow, "The gateway is just starting; try again.");
        return ValueTask.FromResult(new MethodResponse(MethodAnswer.Done, new JsonObject
        {
            ["id"] = unit.Id.Value,
            ["updates"] = new JsonArray([.. updates.Take(arguments.Limit).Select(Show)]),
        }));
    }

    private static JsonObject Show(FinishedUpdate update) => new()
    {
        ["workflowId"] = TwinText.Limit(update.Order.Id),
        ["outcome"] = update.Outcome.ToString(),
        ["reason"] = update.Reason == FailureReason.None ? null : update.Reason.ToString(),
        ["message"] = update.Text is null ? null : TwinText.Limit(update.Text),
        ["updateId"] = update.Target?.UpdateId.ToString(),
        ["fromVersion"] = update.FromVersion,
        ["toVersion"] = update.Target?.Version,
        ["digest"] = update.Target?.Digest.ToString(),
        ["size"] = update.Target?.Size,
        ["attempts"] = update.Attempt,
        ["begunAt"] = TwinTime.Text(update.BegunAt),
        ["endedAt"] = TwinTime.Text(update.At),
        ["transferBytes"] = update.Transfer?.PayloadBytes,
        ["transferSeconds"] = update.Transfer is { } transfer ? Math.Round(transfer.Duration.TotalSeconds, 3) : null,
        ["lineBytes"] = update.Transfer?.LineBytes,
        ["retransmittedBytes"] = update.Transfer?.RetransmittedBytes,
    };
}

/// <summary>The microcontroller, and the most updates to list.</summary>
internal sealed record HistoryArguments(string Id, int Limit);
