using EdgeGateway.Scenarios.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Processes;

/// <summary>What the IoT Edge runtime should provide is missing, contradicts itself or comes late: microcontrollers are served meanwhile.</summary>
public sealed class EnvironmentScenarios(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";

    [Fact]
    public async Task WorkloadApi_AbsentThenRefusingThenWilling_ModuleConnectsWithoutRestart()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { StartGateway = false });
        await using var process = await site.StartGatewayProcessAsync(site.WorkloadEnvironment, "--Hub:RefusedRetryMax=00:00:10");
        await site.OnlineAsync();
        await process.WaitAsync($"The workload API at unix://{site.WorkloadSocket} did not sign");

        await using var workload = await WorkloadApi.StartAsync(site.WorkloadSocket, site.ModuleKey);
        await process.WaitAsync("status 403 not yet");
        workload.IsWilling = true;

        await site.ModuleTwin.WaitAsync(twin => (int?)twin.Reported["gateway"]?["mcus"]?["online"] == 1);
        await process.TerminateAsync();
    }

    [Fact]
    public async Task Environment_Contradictory_IsToldAndMicrocontrollersAreServed()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { StartGateway = false });
        var environment = new Dictionary<string, string>(site.ConnectionStringEnvironment) { ["IOTEDGE_DEVICEID"] = "another" };
        await using var process = await site.StartGatewayProcessAsync(environment);

        (await process.WaitAsync("Not ready. Check=settings Problem=environment")).Should().Contain("IOTEDGE_DEVICEID is 'another'");
        await site.OnlineAsync(Mcu);
        (await process.TerminateAsync()).ExitCode.Should().Be(0);
    }
}
