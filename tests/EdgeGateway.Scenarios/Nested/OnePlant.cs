namespace EdgeGateway.Scenarios.Nested;

/// <summary>Scenarios of layers, one after the other and beside nothing else: six processes and twenty-four microcontrollers are enough for two cores.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OnePlant : ICollectionFixture<PlantFixture>
{
    public const string Name = "plant";
}
