namespace EdgeGateway.Firmware.Workflow;

/// <summary>Who wants an update to stop.</summary>
internal enum CancelReason
{
    /// <summary>The twin.</summary>
    Ordered,

    /// <summary>A newer order, which takes its place: the service has lost interest in it and hears nothing of its end.</summary>
    Replaced,

    /// <summary>Somebody at the gateway itself, past the twin.</summary>
    Local,
}
