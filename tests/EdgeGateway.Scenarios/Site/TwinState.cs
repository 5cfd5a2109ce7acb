using System.Text.Json.Nodes;

namespace EdgeGateway.Scenarios.Site;

/// <summary>What the reported section of a microcontroller's twin says at one moment.</summary>
internal sealed record TwinState(JsonObject Reported)
{
    private JsonNode? Agent => Reported["deviceUpdate"]?["agent"];

    private JsonNode? Gateway => Reported["gateway"];

    public int? AgentState => (int?)Agent?["state"];

    public string? WorkflowId => (string?)Agent?["workflow"]?["id"];

    public string? RetryTimestamp => (string?)Agent?["workflow"]?["retryTimestamp"];

    public int? ResultCode => (int?)Agent?["lastInstallResult"]?["resultCode"];

    public string? ResultDetails => (string?)Agent?["lastInstallResult"]?["resultDetails"];

    public string? ExtendedResultCodes => (string?)Agent?["lastInstallResult"]?["extendedResultCodes"];

    public string? Installed => (string?)Agent?["installedUpdateId"];

    public string? Model => (string?)Agent?["deviceProperties"]?["model"];

    public string? Phase => (string?)Gateway?["phase"];

    public int Percent => (int?)Gateway?["percent"] ?? 0;

    public int Attempts => (int?)Gateway?["attempts"] ?? 0;

    public string? Error => (string?)Gateway?["lastError"]?["reason"];

    public string? ErrorText => (string?)Gateway?["lastError"]?["message"];

    public string? Link => (string?)Gateway?["link"]?["state"];

    public string? LinkReason => (string?)Gateway?["link"]?["reason"];

    public string? RunningVersion => (string?)Gateway?["runningVersion"];

    public long ResumedAt => (long?)Gateway?["resumedAt"] ?? 0;

    /// <summary>Bytes the microcontroller took in the last transfer; null where none ran to its end.</summary>
    public long? TransferredBytes => (long?)Gateway?["transfer"]?["bytes"];

    public override string ToString() => Reported.ToJsonString();
}
