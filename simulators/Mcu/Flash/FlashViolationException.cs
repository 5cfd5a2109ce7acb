namespace EdgeGateway.Simulators.Mcu.Flash;

/// <summary>Code of a node did what NOR flash cannot do: a defect of that code, never of the line.</summary>
public sealed class FlashViolationException(string message) : InvalidOperationException(message);
