using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate.Twins;

namespace EdgeGateway.Firmware.DeviceUpdate.Reporting;

/// <summary>One message of an agent to the service: how a deployment stands (contract 1.3).</summary>
public sealed record AgentReport
{
    /// <summary>Longest details in characters.</summary>
    public const int MaxDetails = 1024;

    public required AgentState State { get; init; }

    /// <summary>The order this is about; echoed with its retry token.</summary>
    public required WorkflowOrder Workflow { get; init; }

    public required int ResultCode { get; init; }

    public ExtendedResultCode ExtendedResultCode { get; init; }

    /// <summary>Plain words for the operator; shortened to <see cref="MaxDetails"/> characters.</summary>
    public string? ResultDetails { get; init; }

    /// <summary>The update that now runs: only beside <see cref="AgentState.Idle"/>, after it was seen running.</summary>
    public UpdateId? Installed { get; init; }

    /// <summary>When the update ended, which tells one end from another of the same order; null where this is no end, or one that is repeated.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Patch of the reported section.</summary>
    /// <remarks>
    /// Nulls clear what an earlier deployment left. Each update of a microcontroller is one step, so its result is the step's too.
    /// </remarks>
    public JsonObject ToPatch()
    {
        var result = Result();
        result["stepResults"] = State == AgentState.DeploymentInProgress ? null : new JsonObject { ["step_0"] = Result() };
        var agent = new JsonObject
        {
            ["lastInstallResult"] = result,
            ["state"] = (int)State,
            ["workflow"] = new JsonObject
            {
                ["action"] = (int)Workflow.Action,
                ["id"] = Workflow.Id,
                ["retryTimestamp"] = Workflow.RetryTimestamp,
            },
        };
        if (Installed is not null)
        {
            agent["installedUpdateId"] = Installed.ToJson();
        }

        return Component.Patch("deviceUpdate", new JsonObject { ["agent"] = agent });
    }

    private JsonObject Result() => new()
    {
        ["resultCode"] = ResultCode,
        ["extendedResultCodes"] = ExtendedResultCode.ToString(),
        ["resultDetails"] = ResultDetails is { Length: > MaxDetails } text
            ? string.Concat(text.AsSpan(0, MaxDetails - 3), "...")
            : ResultDetails,
    };
}
