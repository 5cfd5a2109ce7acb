using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nested.Site;

/// <summary>Seeds the scenarios of one plant: each makes images of its own for any seed, as the stores keep those of the others.</summary>
internal static class PlantSeed
{
    /// <param name="output">The seed is printed there.</param>
    /// <param name="scenario">Number of the scenario; runs of the partitions have those from 1 on, others negative ones.</param>
    public static Random Take(ITestOutputHelper output, int scenario) => new(unchecked((Seed.Take(output) * 397) + scenario));
}
