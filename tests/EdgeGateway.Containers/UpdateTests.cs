using EdgeGateway.Containers.Engine;
using EdgeGateway.Containers.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Containers;

/// <summary>Updates while things happen around the gateway.</summary>
[Collection(ContainerTests.Name)]
public sealed class UpdateTests(EngineFixture engine, ITestOutputHelper output)
{
    private const string Filler = "filler";
    private const int SmallDisk = 2 * 1024 * 1024;

    [ContainerFact]
    public async Task Update_EightMicrocontrollers_AllRunTheImage()
    {
        await using var site = await ContainerSite.StartAsync(engine, output, new SiteOptions { Mcus = 8 });
        await site.OnlineAsync();

        await site.SucceedsAsync(await site.DeployAsync());
    }

    [ContainerFact]
    public async Task Update_MicrocontrollerKilledAndStartedInMidTransfer_GoesOn()
    {
        await using var site = await ContainerSite.StartAsync(engine, output, new SiteOptions { Baud = Lines.Slow });
        await site.OnlineAsync();
        var order = await site.DeployAsync();
        await site.MidTransferAsync("mcu-01");

        await site.Mcu("mcu-01").KillAsync();
        await site.TwinAsync("mcu-01", twin => twin.Link == "Offline", "offline");
        await site.Mcu("mcu-01").StartAsync();

        (await site.SucceedsAsync(order)).Should().OnlyContain(twin => twin.Transfer!.ResumedAt > 0);
    }

    [ContainerFact]
    public async Task Update_HubPausedInMidTransfer_IsFinishedMeanwhileAndReportedAfterwards()
    {
        await using var site = await ContainerSite.StartAsync(engine, output, new SiteOptions { Baud = Lines.Slow });
        await site.OnlineAsync();
        var order = await site.DeployAsync();
        await site.MidTransferAsync("mcu-01");

        await site.Hub.PauseAsync();
        await site.RunsAsync("mcu-01");
        await site.Hub.UnpauseAsync();

        await site.SucceedsAsync(order);
    }

    [ContainerFact]
    public async Task Update_VolumeFull_WaitsForSpace()
    {
        await using var site = await ContainerSite.StartAsync(engine, output, new SiteOptions { GatewayDataSize = SmallDisk });
        await site.OnlineAsync();
        var fill = () => site.Gateway.PutFileAsync("/data", Filler, new byte[2 * SmallDisk]); // more than an empty volume takes
        (await fill.Should().ThrowAsync<EngineException>()).WithMessage("*no space left*");

        var order = await site.DeployAsync();
        var twin = await site.TwinAsync("mcu-01", t => t.ErrorReason == "DiskError", "no space");
        output.WriteLine(twin.ErrorText);
        await site.Gateway.PutFileAsync("/data", Filler, []);

        await site.SucceedsAsync(order);
    }

    [ContainerFact]
    public async Task Update_MicrocontrollerAbsentAtStart_BeginsWhenItAppears()
    {
        await using var site = await ContainerSite.StartAsync(engine, output, new SiteOptions { StartMcus = false });
        await site.TwinAsync("mcu-01", twin => twin.Link == "Offline", "offline");
        var order = await site.DeployAsync();

        await site.Mcu("mcu-01").StartAsync();

        await site.SucceedsAsync(order);
    }
}
