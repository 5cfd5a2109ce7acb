using EdgeGateway.Scenarios.Nested.Networks;
using EdgeGateway.Scenarios.Nested.Site;
using EdgeGateway.Scenarios.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nested;

/// <summary>The internet is away, and more goes wrong meanwhile.</summary>
[Collection(OnePlant.Name)]
public sealed class OutageScenarios(PlantFixture fixture, ITestOutputHelper output) : IDisposable
{
    private const int ImageSize = 256 * 1024;

    [NamespaceFact]
    public async Task Rollout_InternetAwayAndGatewayKilled_FinishesAndIsReportedOnceLater()
    {
        var plant = fixture.Plant;
        var ids = plant.McusOf("MCU-B");
        var deployment = plant.Publish(FirmwareImage.Of(PlantSeed.Take(output, -4).Next(), ImageSize), "MCU-B");
        plant.Deploy(deployment, ids);
        await plant.Twin(ids[0]).WaitAsync(twin => twin.WorkflowId == deployment.WorkflowId && twin.Phase == "Transferring");

        await plant.Network.HubLinks[0].CutAsync();
        await plant.Layers[2].KillGatewayAsync();
        await plant.Layers[2].StartGatewayAsync();
        await plant.Network.ContentLinks[0].CutAsync();
        try
        {
            await Task.WhenAll(ids.Select(id => plant.RunsAsync(id, deployment.Image)));
            output.WriteLine($"{ids.Count(id => plant.Twin(id).Now.AgentState == 6)} of {ids.Count} ran it before the hub could know");
        }
        finally
        {
            await plant.Network.ContentLinks[0].JoinAsync();
            await plant.Network.HubLinks[0].JoinAsync();
        }

        await plant.SucceedsAsync(deployment, ids);
    }

    /// <summary>The gateways' own words, in the test's output.</summary>
    public void Dispose() => fixture.Tell(output);
}
