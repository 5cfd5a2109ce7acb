using System.Globalization;
using EdgeGateway.Simulators.Demo.CommandLine;

namespace EdgeGateway.Simulators.Demo.Compose;

/// <summary>What the demo is asked for, as the variables of docker-compose.yml.</summary>
public static class ComposeVariables
{
    /// <summary>Takes any free ports of the loopback interface, so that nothing of this machine is in the way.</summary>
    public static IReadOnlyDictionary<string, string> Of(DemoOptions options) => new Dictionary<string, string>
    {
        ["EDGEGATEWAY_MCUS"] = Text(options.Mcus),
        ["EDGEGATEWAY_BUS"] = Text(options.McusPerBus),
        ["EDGEGATEWAY_BAUD"] = Text(options.Baud),
        ["EDGEGATEWAY_LATENCY"] = Text(options.LatencyMilliseconds),
        ["EDGEGATEWAY_NOISE"] = Text(options.Noise),
        ["EDGEGATEWAY_SEED"] = Text(options.Seed),
        ["EDGEGATEWAY_HUB_PORT"] = "",
        ["EDGEGATEWAY_ORIGIN_PORT"] = "",
        ["EDGEGATEWAY_TRUTH_PORT"] = "",
        ["EDGEGATEWAY_WEB_PORT"] = "",
    };

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
