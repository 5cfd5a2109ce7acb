using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Scenarios.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Lifecycle;

/// <summary>A data folder without a byte to spare: no update begins that could not be gone on with.</summary>
public sealed class FullDisk(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";
    private const int DiskSize = 1024 * 1024;

    [TmpfsFact]
    public async Task Disk_Full_HoldsUpUntilThereIsSpace()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            StartGateway = false,
            Settings = new Dictionary<string, string> { ["Firmware:MaxAttempts"] = "100" },
        });
        using var disk = new SmallDisk(site.DataFolder, DiskSize);
        await site.StartGatewayAsync();
        await site.OnlineAsync();
        disk.Fill();
        var deployment = site.Publish(FirmwareImage.Of(1));

        site.Deploy(deployment);

        var twin = await site.IsHeldUpAsync(deployment, Mcu, FailureReason.DiskError);
        output.WriteLine(twin.ErrorText);
        site.NothingWasOffered();
        disk.Free();
        await site.SucceedsAsync(deployment);
        await site.StopGatewayAsync();
    }
}
