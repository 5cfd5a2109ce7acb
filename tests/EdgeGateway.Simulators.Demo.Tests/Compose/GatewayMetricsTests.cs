using EdgeGateway.Simulators.Demo.Compose;
using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Tests.Compose;

public sealed class GatewayMetricsTests
{
    [Fact]
    public void Read_Page_TakesTimeAndMemory() => GatewayMetrics.Read("""
        # TYPE edgegateway_process_cpu_seconds_total counter
        edgegateway_process_cpu_seconds_total{iothub="hub",module="m"} 1.47
        # TYPE edgegateway_process_memory_bytes gauge
        edgegateway_process_memory_bytes 130187264
        """).Should().Be(new ProcessUsage(TimeSpan.FromSeconds(1.47), 130187264));

    [Fact]
    public void Read_MetricAbsent_NamesIt()
    {
        var read = () => GatewayMetrics.Read("edgegateway_process_memory_bytes 1\n");

        read.Should().Throw<DemoFailedException>().WithMessage("*lack edgegateway_process_cpu_seconds_total");
    }
}
