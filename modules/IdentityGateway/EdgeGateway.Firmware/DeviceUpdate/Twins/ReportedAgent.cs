namespace EdgeGateway.Firmware.DeviceUpdate.Twins;

/// <summary>
/// What the hub last heard from us in <c>deviceUpdate.agent</c>: tells whether a final report got lost with a killed gateway.
/// </summary>
/// <param name="State">The <c>state</c>; null where there is none.</param>
/// <param name="WorkflowId">Deployment it belongs to.</param>
/// <param name="RetryTimestamp">Retry token it belongs to.</param>
/// <param name="InstalledUpdateId">The JSON text of the installed update.</param>
public sealed record ReportedAgent(int? State, string? WorkflowId, string? RetryTimestamp, string? InstalledUpdateId);
