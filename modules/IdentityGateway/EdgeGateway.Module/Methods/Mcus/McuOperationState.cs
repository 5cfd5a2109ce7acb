namespace EdgeGateway.Module.Methods.Mcus;

/// <summary>How an order to a microcontroller stands.</summary>
internal enum McuOperationState
{
    /// <summary>It waits for the bus, or for the microcontroller.</summary>
    Running,

    /// <summary>The microcontroller does it.</summary>
    Succeeded,

    /// <summary>It cannot be done in the state that things are in.</summary>
    Refused,

    /// <summary>The microcontroller, its line or the gateway failed.</summary>
    Failed,
}
