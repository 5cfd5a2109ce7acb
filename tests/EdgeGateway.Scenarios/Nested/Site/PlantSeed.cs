using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nested.Site;

/// <summary>Randomness of the scenarios of one plant: whatever seed is asked for, each makes images of its own, as the stores keep those of the others.</summary>
internal static class PlantSeed
{
    /// <param name="output">The seed is printed there.</param>
    /// <param name="scenario">Number of the scenario; runs of the partitions have those from 1 on, others negative ones.</param>
    public static Random Take(ITestOutputHelper output, int scenario) => new(unchecked((Seed.Take(output) * 397) + scenario));
}
