namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>What a client of the hub can subscribe to.</summary>
internal enum SubscriptionKind
{
    TwinResponses,
    DesiredPatches,
    Methods,

    /// <summary>Cloud-to-device messages of a device.</summary>
    Commands,

    /// <summary>Inputs of a module; only edgeHub sends there, so that nothing ever comes.</summary>
    Inputs,
}
