using System.Text.Json.Nodes;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Module.Methods.Mcus;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Module.Twins;

/// <summary>
/// The reported component <c>gateway</c> of a microcontroller's twin: how things stand, for people and dashboards. docs/twins.md shows it.
/// </summary>
internal static class GatewayComponent
{
    /// <summary>Name of the component.</summary>
    public const string Name = "gateway";

    /// <summary>The whole component; a property that has nothing to say is absent.</summary>
    /// <param name="status">How things stand.</param>
    /// <param name="line">The line of the microcontroller.</param>
    /// <param name="errorAt">When the last error of <paramref name="status"/> occurred.</param>
    /// <param name="linkSince">When its link took the state it has.</param>
    /// <param name="paused">True where new orders wait.</param>
    /// <param name="operation">The last order of a direct method; null for none.</param>
    public static JsonObject From(
        McuStatus status, string line, DateTimeOffset? errorAt, DateTimeOffset? linkSince, bool paused, McuOperation? operation = null) => new()
    {
        ["__t"] = "c",
        ["phase"] = status.Phase.ToString(),
        ["workflowId"] = Text(status.WorkflowId),
        ["targetVersion"] = Text(status.TargetVersion),
        ["runningVersion"] = Text(status.RunningVersion),
        ["percent"] = status.Percent,
        ["bytes"] = status.Bytes,
        ["size"] = status.Size,
        ["bytesPerSecond"] = status.BytesPerSecond is { } rate ? (long)Math.Round(rate) : null,
        ["remainingSeconds"] = status.Remaining is { } remaining ? (long)Math.Ceiling(remaining.TotalSeconds) : null,
        ["attempts"] = status.Attempt,
        ["nextAttemptAt"] = TwinTime.Text(status.NextRetryAt),
        ["resumedAt"] = status.ResumedAt,
        ["lastError"] = Error(status, errorAt),
        ["link"] = Link(status, linkSince),
        ["line"] = Text(line),
        ["transfer"] = Transfer(status.Transfer),
        ["paused"] = paused ? true : null,
        ["operation"] = operation is null ? null : McuOperations.Body(operation),
    };

    private static JsonObject? Error(McuStatus status, DateTimeOffset? at) => status.LastError == FailureReason.None ? null : new JsonObject
    {
        ["reason"] = status.LastError.ToString(),
        ["message"] = Text(status.LastErrorText),
        ["at"] = TwinTime.Text(at),
    };

    private static JsonObject Link(McuStatus status, DateTimeOffset? since) => new()
    {
        ["state"] = status.Link.ToString(),
        ["reason"] = status.LinkReason == FailureReason.None ? null : status.LinkReason.ToString(),
        ["message"] = Text(status.LinkText),
        ["since"] = TwinTime.Text(since),
    };

    private static JsonObject? Transfer(TransferSummary? cost) => cost is null ? null : new JsonObject
    {
        ["bytes"] = cost.PayloadBytes,
        ["seconds"] = Math.Round(cost.Duration.TotalSeconds, 3),
        ["lineBytes"] = cost.LineBytes,
        ["retransmittedBytes"] = cost.RetransmittedBytes,
        ["resumedAt"] = cost.StartedAt,
    };

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : TwinText.Limit(text);
}
