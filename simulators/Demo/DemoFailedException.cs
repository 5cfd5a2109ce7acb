namespace EdgeGateway.Simulators.Demo;

/// <summary>The demo cannot go on, for a reason that its user can read and act on.</summary>
public sealed class DemoFailedException(string message) : Exception(message);
