namespace EdgeGateway.Simulators.Mcu.Flash;

/// <summary>The power went in the middle of a flash operation; nothing after it happens.</summary>
public sealed class PowerCutException(long operation) : Exception($"The power was cut at flash operation {operation}.")
{
    /// <summary>The operation it hit, counted from 1.</summary>
    public long Operation { get; } = operation;
}
