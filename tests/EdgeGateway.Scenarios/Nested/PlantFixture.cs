using EdgeGateway.Scenarios.Nested.Networks;
using EdgeGateway.Scenarios.Nested.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nested;

/// <summary>One plant for all scenarios of layers, as it takes a while to start; each rolls out images of its own.</summary>
public sealed class PlantFixture : IAsyncLifetime
{
    private Plant? _plant;
    private int _told;

    internal Plant Plant => _plant ?? throw new InvalidOperationException("no plant was started: " + NamespaceNeeds.Missing);

    public async Task InitializeAsync()
    {
        if (NamespaceNeeds.Missing is null)
        {
            _plant = await Plant.StartAsync();
            await _plant.OnlineAsync();
        }
    }

    /// <summary>Writes what the gateways warned of since the last time.</summary>
    public void Tell(ITestOutputHelper output)
    {
        if (_plant is not null)
        {
            var troubles = _plant.Troubles();
            output.WriteLine(string.Join(Environment.NewLine, troubles.Skip(_told)));
            _told = troubles.Count;
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
