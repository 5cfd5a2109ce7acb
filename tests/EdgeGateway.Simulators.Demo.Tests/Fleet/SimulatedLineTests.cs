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

    [Fact]
    public void OnTcp_Busses_AreAtPortsOneAfterTheOther() =>
        SimulatedLine.OnTcp(new Uri("tcp://mcus:7001"), 3, 2).Should().BeEquivalentTo(new[]
        {
            new SimulatedLine("tcp://mcus:7001", true, [new SimulatedMcu("mcu-01", 1), new SimulatedMcu("mcu-02", 2)]),
            new SimulatedLine("tcp://mcus:7002", true, [new SimulatedMcu("mcu-03", 1)]),
        });

    [Fact]
    public void OnTcp_LinesOfTheirOwn_HaveNoAddresses() =>
        SimulatedLine.OnTcp(new Uri("tcp://mcus:7001"), 2, 1).Should().BeEquivalentTo(new[]
        {
            new SimulatedLine("tcp://mcus:7001", false, [new SimulatedMcu("mcu-01", 0)]),
            new SimulatedLine("tcp://mcus:7002", false, [new SimulatedMcu("mcu-02", 0)]),
        });
}
