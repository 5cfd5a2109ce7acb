using System.Globalization;

namespace EdgeGateway.Testing;

/// <summary>How long tests wait for what must happen: never a measure, only the bound after which a test has failed.</summary>
public static class TestLimits
{
    /// <summary>Gets the longest wait, in real time: 60 s, times the number in the environment variable EDGEGATEWAY_TEST_PATIENCE.</summary>
    public static TimeSpan Wait { get; } = TimeSpan.FromSeconds(60)
        * (double.TryParse(Environment.GetEnvironmentVariable("EDGEGATEWAY_TEST_PATIENCE"), CultureInfo.InvariantCulture, out var factor) ? factor : 1);
}
