using System.Text.Json.Nodes;

namespace EdgeGateway.Firmware.DeviceUpdate.Reporting;

/// <summary>Tells the service that a desired <c>service</c> was read (contract 1.4).</summary>
/// <param name="Accepted">False where it could not be understood.</param>
/// <param name="Text">What was wrong; empty where nothing was.</param>
/// <param name="Version">The <c>$version</c> of the desired section it was read from; null is reported as 0.</param>
public sealed record ServiceAcknowledgement(bool Accepted, string Text, long? Version)
{
    private const int AcceptedCode = 200;
    private const int RejectedCode = 406;

    /// <summary>Patch of the reported section. The order is not echoed: reported properties have 32 KB in all.</summary>
    public JsonObject ToPatch() => Component.Patch("deviceUpdate", new JsonObject
    {
        ["service"] = new JsonObject
        {
            ["value"] = new JsonObject(),
            ["ac"] = Accepted ? AcceptedCode : RejectedCode,
            ["ad"] = Text.Length > AgentReport.MaxDetails ? Text[..AgentReport.MaxDetails] : Text,
            ["av"] = Version ?? 0,
        },
    });
}
