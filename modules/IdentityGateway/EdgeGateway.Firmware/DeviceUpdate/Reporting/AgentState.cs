namespace EdgeGateway.Firmware.DeviceUpdate.Reporting;

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
