namespace EdgeGateway.Firmware.Workflow.Local;

/// <summary>What can be ordered at the gateway itself.</summary>
internal enum LocalOrder
{
    /// <summary>Stop the update under way.</summary>
    Cancel,

    /// <summary>Run the last deployment again, which failed or was cancelled.</summary>
    Retry,
}
