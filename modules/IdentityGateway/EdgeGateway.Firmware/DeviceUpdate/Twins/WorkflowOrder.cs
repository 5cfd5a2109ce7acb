namespace EdgeGateway.Firmware.DeviceUpdate.Twins;

/// <summary>The <c>workflow</c> object of the twin: names one order of the service.</summary>
/// <param name="Action">What is wanted.</param>
/// <param name="Id">Opaque id of the deployment; <c>nodeployment</c> occurs too.</param>
/// <param name="RetryTimestamp">Opaque token; a new one beside the same id orders the deployment again. Null until the first retry.</param>
public sealed record WorkflowOrder(WorkflowAction Action, string Id, string? RetryTimestamp);
