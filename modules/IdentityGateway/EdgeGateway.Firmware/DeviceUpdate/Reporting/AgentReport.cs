using System.Globalization;
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

/// <summary>The states of an agent that the service knows. The values are those of the twin.</summary>
public enum AgentState
{
    /// <summary>At rest; with <c>installedUpdateId</c>: done. Without: the deployment did not happen.</summary>
    Idle = 0,

    /// <summary>At work on a deployment.</summary>
    DeploymentInProgress = 6,

    /// <summary>The deployment failed.</summary>
    Failed = 255,
}

/// <summary>Result codes of the agent contract (1.8): above zero is success.</summary>
public static class ResultCodes
{
    public const int Failure = 0;
    public const int Cancelled = -1;
    public const int InProgress = 1;
    public const int Applied = 700;
}

/// <summary>A 32-bit result for diagnosis: facility, component and value (contract 1.8).</summary>
/// <param name="Value">The bits; 0 where nothing went wrong.</param>
public readonly record struct ExtendedResultCode(uint Value)
{
    /// <summary>Facility 3 (step handler), component 3F (private, this gateway).</summary>
    private const uint Gateway = 0x33F0_0000;

    /// <summary>The code of one of this gateway's reasons: 20 bits, listed in docs/failure-reasons.md.</summary>
    public static ExtendedResultCode OfGateway(int reason) => new(reason == 0 ? 0 : Gateway | ((uint)reason & 0xFFFFF));

    /// <summary>Eight upper-case hexadecimal digits: the form of the twin.</summary>
    public override string ToString() => Value.ToString("X8", CultureInfo.InvariantCulture);
}

/// <summary>Patches of plug-and-play components: each carries the mark <c>"__t":"c"</c>.</summary>
internal static class Component
{
    public static JsonObject Patch(string name, JsonObject content)
    {
        content["__t"] = "c";
        return new JsonObject { [name] = content };
    }
}
