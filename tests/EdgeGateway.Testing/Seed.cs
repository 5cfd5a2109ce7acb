using System.Globalization;
using Xunit.Abstractions;

namespace EdgeGateway.Testing;

/// <summary>Seeds of random tests: printed, and repeatable with the environment variable EDGEGATEWAY_SEED.</summary>
public static class Seed
{
    /// <summary>The seed asked for by the environment, or a fresh one; printed either way.</summary>
    public static int Take(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EDGEGATEWAY_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next();
        output.WriteLine($"seed {seed} (repeat with EDGEGATEWAY_SEED={seed})");
        return seed;
    }
}
