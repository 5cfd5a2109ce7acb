using EdgeGateway.Scenarios.Nested.Networks;
using EdgeGateway.Scenarios.Nested.Site;

namespace EdgeGateway.Scenarios.Nested;

/// <summary>One plant for all scenarios of layers, as it takes a while to start; each rolls out images of its own.</summary>
public sealed class PlantFixture : IAsyncLifetime
{
    private Plant? _plant;

    internal Plant Plant => _plant ?? throw new InvalidOperationException("no plant was started: " + NamespaceNeeds.Missing);

    public async Task InitializeAsync()
    {
        if (NamespaceNeeds.Missing is null)
        {
            _plant = await Plant.StartAsync();
            await _plant.OnlineAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (_plant is not null)
        {
            await _plant.DisposeAsync();
        }
    }
}
