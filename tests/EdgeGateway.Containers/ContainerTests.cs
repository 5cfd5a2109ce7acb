using EdgeGateway.Containers.Engine;

namespace EdgeGateway.Containers;

/// <summary>All tests in containers share one engine, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ContainerTests : ICollectionFixture<EngineFixture>
{
    public const string Name = "containers";
}
