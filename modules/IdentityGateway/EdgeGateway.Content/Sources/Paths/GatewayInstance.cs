namespace EdgeGateway.Content.Sources.Paths;

/// <summary>This process among gateways: what it adds to a <see cref="GatewayPath"/>, and what it refuses to find there.</summary>
public sealed class GatewayInstance
{
    /// <summary>New at each start.</summary>
    public string Id { get; } = GatewayPath.NewId();
}
