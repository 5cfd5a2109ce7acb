namespace EdgeGateway.Firmware.DeviceUpdate.Twins;

/// <summary>What the service wants. The values are those of the twin.</summary>
public enum WorkflowAction
{
    /// <summary>Make it so.</summary>
    ProcessDeployment = 3,

    /// <summary>Stop what is under way, if anything.</summary>
    Cancel = 255,
}
