using System.Text.Json;
using EdgeGateway.Simulators.Demo.Fleet;

namespace EdgeGateway.Simulators.Demo.Tests.Fleet;

public sealed class SimulatedLineTests
{
    [Fact]
    public void FromReady_Document_TakesLinesAndMcus()
    {
        var ready = JsonSerializer.Deserialize<JsonElement>("""
            {"lines":[{"port":"/l/line-01","halfDuplex":true,"mcus":[{"id":"mcu-01","address":1},{"id":"mcu-02","address":2}]},
                      {"port":"/l/line-02","halfDuplex":false,"mcus":[{"id":"mcu-03","address":0}]}]}
            """);

        SimulatedLine.FromReady(ready).Should().BeEquivalentTo(new[]
        {
            new SimulatedLine("/l/line-01", true, [new SimulatedMcu("mcu-01", 1), new SimulatedMcu("mcu-02", 2)]),
            new SimulatedLine("/l/line-02", false, [new SimulatedMcu("mcu-03", 0)]),
        });
    }
}
