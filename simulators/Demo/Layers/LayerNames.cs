namespace EdgeGateway.Simulators.Demo.Layers;

/// <summary>What the layers of gateways are called, from the cloud down.</summary>
public static class LayerNames
{
    /// <summary>IoT Edge allows five below the top; more than five in all show nothing new.</summary>
    public const int Most = 5;

    /// <param name="count">2 to 5.</param>
    public static IReadOnlyList<string> For(int count) => count switch
    {
        2 => ["top", "bottom"],
        3 => ["top", "middle", "bottom"],
        4 => ["top", "upper", "lower", "bottom"],
        5 => ["top", "upper", "middle", "lower", "bottom"],
        _ => throw new ArgumentOutOfRangeException(nameof(count), count, $"expected 2 to {Most} layers"),
    };
}
