namespace EdgeGateway.Simulators.Demo.Deployment;

/// <summary>What decides which update fits a device: the compatibility properties it reports.</summary>
public sealed record DeviceClass(string Manufacturer, string Model);
